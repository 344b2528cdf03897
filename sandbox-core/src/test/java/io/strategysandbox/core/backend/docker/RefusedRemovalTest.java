package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.StrategyCode.onBar;
import static io.strategysandbox.core.backend.StrategyCode.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.strategysandbox.core.RunRequest;
import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.testing.RequiresDocker;
import io.strategysandbox.core.testing.StrategyFolder;
import io.strategysandbox.core.verdict.Verdict;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that does not kill and remove what it is asked to: whoever closes a sandbox is told what stays. */
@RequiresDocker
class RefusedRemovalTest {

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] REFUSAL = StubDaemon.http(500, "{\"message\":\"driver failed to remove\"}");
    private static final byte[] UNDER_WAY =
            StubDaemon.http(409, "{\"message\":\"removal of container is already in progress\"}");
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final DockerClient engine = EngineForTests.client();
    private volatile Optional<byte[]> kill = Optional.empty();
    private volatile Optional<byte[]> removal = Optional.empty();
    private EngineProxy proxy;
    private Optional<String> container = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        Path socket = Path.of(URI.create(EngineConnection.where(EngineForTests.DEFAULTS.engine()))
                .getPath());
        proxy = EngineProxy.at(UnixDomainSocketAddress.of(folder.resolve("s")), socket, request -> {
            if (request.startsWith("DELETE /containers/")) {
                return removal;
            }
            return request.endsWith("/kill") ? kill : Optional.empty();
        });
    }

    @AfterEach
    void end() throws Exception {
        if (container.isPresent() && exists(container.get())) {
            engine.removeContainerCmd(container.get()).withForce(true).exec();
        }
        assertThat(container.filter(this::exists)).isEmpty();
        engine.close();
        proxy.close();
    }

    private boolean exists(String id) {
        try {
            engine.inspectContainerCmd(id).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private DockerConfig config() {
        return EngineForTests.withHost("unix://" + folder.resolve("s"), Duration.ofSeconds(3));
    }

    private Lease lease(DockerExecutor executor) throws Exception {
        Lease lease = executor.lease(new LeaseRequest("stays", LONG));
        container = Optional.of(lease.instance());
        return lease;
    }

    /** One that stands still does not end when its input does. */
    private void assertTold(String... words) throws Exception {
        try (DockerExecutor executor = DockerExecutor.open(config(), message -> {})) {
            Lease lease = lease(executor);
            engine.pauseContainerCmd(lease.instance()).exec();

            assertThatThrownBy(lease::close)
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("docker rm -f " + lease.instance())
                    .hasMessageContainingAll(words);

            assertThat(exists(lease.instance())).isTrue();
            engine.unpauseContainerCmd(lease.instance()).exec();
            removal = Optional.empty();
        }
        assertThat(exists(container.orElseThrow()))
                .as("closing the executor tries again")
                .isFalse();
    }

    @Test
    void aRefusalIsTold() throws Exception {
        kill = Optional.of(REFUSAL);
        removal = Optional.of(REFUSAL);

        assertTold("is still there", "driver failed to remove");
    }

    @Test
    void aRemovalThatNeverComesToItsEndIsTold() throws Exception {
        kill = Optional.of(REFUSAL);
        removal = Optional.of(UNDER_WAY);

        assertTold("is still there");
    }

    @Test
    void noAnswerIsTold() throws Exception {
        kill = Optional.of(REFUSAL);
        removal = Optional.of(NOTHING);

        assertTold("could not be removed", "timed out");
    }

    @Test
    void whatGoesByItselfIsNoFailure() throws Exception {
        for (byte[] answer : new byte[][] {REFUSAL, UNDER_WAY, NOTHING}) {
            removal = Optional.of(answer);
            try (DockerExecutor executor = DockerExecutor.open(config(), message -> {})) {
                RunOutcome outcome;
                try (Lease lease = lease(executor)) {
                    outcome = new RunnerSession(config().feed(), config().output())
                            .run(lease, onBar(folder, "return yes() ? 1 : 0;"), waves(20), LONG);
                }
                assertThat(outcome.verdict()).isEqualTo(new Verdict.Ok());
                assertThat(exists(container.orElseThrow())).isFalse();
            }
        }
    }

    @Test
    void theBuildFailsAndTellsWhatStays() throws Exception {
        StrategyFolder strategies = new StrategyFolder(folder)
                .prices(20)
                .strategy(
                        "deaf",
                        "try { java.io.OutputStream kept = new java.io.FileOutputStream(\"/proc/self/fd/0\");"
                                + " while (kept != null) { } } catch (java.io.IOException e) { bars--; } return 0;",
                        "limits: { timeout: 3s }");
        RunRequest request =
                new RunRequest(strategies.strategies(), Optional.of(strategies.data()), strategies.output());
        kill = Optional.of(REFUSAL);
        removal = Optional.of(REFUSAL);
        try (Sandbox sandbox = Sandbox.open(sandboxConfig(), SandboxListener.SILENT)) {
            BacktestResult result = sandbox.run(request).strategies().get(0);

            String told = result.verdict().summary();
            assertThat(result.verdict()).isInstanceOf(Verdict.InternalFailure.class);
            assertThat(told)
                    .contains("TIME_LIMIT_EXCEEDED", "is still there", "docker rm -f ", "driver failed to remove");
            container = Optional.of(told.replaceFirst("(?s).*docker rm -f ([0-9a-f]{64}).*", "$1"));
            assertThat(exists(container.get())).isTrue();
            assertThat(Files.readString(strategies.output().resolve("metrics.prom")))
                    .containsPattern("strategysandbox_runner_removal_failures_total\\{[^}]*} 1(\\.0)?\n");
            assertThat(Files.readString(strategies.output().resolve("results.json")))
                    .contains(container.get());
            kill = Optional.empty();
            removal = Optional.empty();
        }
        assertThat(exists(container.get())).isFalse();
    }

    private SandboxConfig sandboxConfig() {
        SandboxConfig defaults = ConfigLoader.defaults();
        SandboxSection section = defaults.sandbox();
        return defaults.with(config())
                .with(new SandboxSection(
                        BackendChoice.DOCKER,
                        section.isolation(),
                        ValidationMode.REPORT,
                        section.parallelism(),
                        section.failOnViolation(),
                        section.haltOnFailure(),
                        section.validator(),
                        section.compiler()));
    }
}
