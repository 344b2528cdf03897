package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.StrategyCode.onBar;
import static io.strategysandbox.core.backend.StrategyCode.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
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
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Output;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.testing.RequiresDocker;
import io.strategysandbox.core.testing.StrategyFolder;
import io.strategysandbox.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The engine falls silent, or dies and comes back, while a strategy runs: told soon, as its failure, and nothing stays. */
@RequiresDocker
class EngineLossTest {

    private static final int PRINTED = 4_000;
    private static final String PRINTS_AND_LOOPS = "if (i == 0) System.out.println(\"x\".repeat(" + 2 * PRINTED + "));"
            + " System.out.flush(); while (yes()) { } return 1;";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @TempDir
    private Path scratch;

    private OwnEngine engine;

    @BeforeEach
    void start() throws Exception {
        engine = OwnEngine.start(folder, folder.resolve("data"));
        engine.takeImage();
    }

    @AfterEach
    void stop() throws Exception {
        engine.stop();
    }

    /** Something that happens to the engine. */
    @FunctionalInterface
    private interface Blow {
        void strike() throws Exception;
    }

    private RunOutcome run(Lease lease, String body, Duration timeout, Blow blow) throws Exception {
        Lease watched = WatchedLease.of(lease, PRINTED, () -> {
            try {
                blow.strike();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return new RunnerSession(new Feed(4096), new Output(1024, 1 << 20))
                .run(watched, onBar(scratch, body), waves(20), timeout);
    }

    @Test
    void silenceIsWaitedForOnceAndNotOnceForEachRequest() throws Exception {
        Duration timeout = Duration.ofSeconds(10);
        DockerExecutor executor = DockerExecutor.open(engine.config(), message -> {});
        Lease lease = executor.lease(new LeaseRequest("silenced", Duration.ofMinutes(1)));
        AtomicLong struck = new AtomicLong();

        assertThatThrownBy(() -> run(lease, PRINTS_AND_LOOPS, timeout, () -> {
                    struck.set(System.nanoTime());
                    engine.freeze();
                }))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("cannot tell how the container " + lease.instance() + " ended")
                .hasMessageContaining("engine.responseTimeout");
        assertThatThrownBy(lease::close).isInstanceOf(BackendException.class).hasMessageContaining(lease.instance());
        Duration answer = engine.config().engine().responseTimeout();
        assertThat(Duration.ofNanos(System.nanoTime() - struck.get()))
                .as("the time to the strategy's limit, that of one request, and less than a second one's")
                .isLessThan(timeout.plus(answer.multipliedBy(2)));

        engine.thaw();
        try (DockerClient client = engine.client()) {
            awaitNothingOfOurs(client);
        }
        executor.close();
    }

    @Test
    void anEngineThatDiesAndComesBackIsUsedAgain() throws Exception {
        try (DockerExecutor executor = DockerExecutor.open(engine.config(), message -> {});
                DockerClient client = engine.client()) {
            Lease lease = executor.lease(new LeaseRequest("orphaned", Duration.ofMinutes(1)));

            assertThatThrownBy(() -> run(lease, PRINTS_AND_LOOPS, Duration.ofMinutes(1), engine::kill))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("cannot tell how the container " + lease.instance() + " ended");
            assertThatThrownBy(lease::close).hasMessageContaining(lease.instance());
            assertThatThrownBy(() -> executor.lease(new LeaseRequest("early", Duration.ofMinutes(1))))
                    .isInstanceOf(BackendException.class);
            engine.start();

            await(
                    "its processes have ended",
                    () -> processesOf(lease.instance()).isEmpty());
            awaitNothingOfOurs(client);
            try (Lease next = executor.lease(new LeaseRequest("next", Duration.ofMinutes(1)))) {
                RunOutcome outcome = run(next, "if (!yes()) return 0; return 1;", Duration.ofMinutes(1), () -> {});
                assertThat(outcome.verdict()).isEqualTo(new Verdict.Ok());
            }
        }
    }

    @Test
    void aBuildWhoseEngineStartsAgainLosesWhatWasUnderWay() throws Exception {
        String alternates = "return bars % 2;";
        StrategyFolder strategies = new StrategyFolder(scratch)
                .prices(20)
                .strategy("a-under-way", "while (bars > 0) { bars = 1; } return 0;", "limits: { timeout: 5m }")
                .strategy("b-next", alternates)
                .strategy("c-last", alternates);
        StrategyFolder later =
                new StrategyFolder(scratch.resolve("later")).prices(20).strategy("later", alternates);
        ExecutorService runs = Executors.newSingleThreadExecutor();
        try (DockerClient client = engine.client()) {
            try (Sandbox sandbox = Sandbox.open(oneAtATime(), SandboxListener.SILENT)) {
                Future<RunReport> run = runs.submit(() -> sandbox.run(request(strategies)));
                await("a runner is there", () -> !containers(client).isEmpty());
                String container = containers(client).get(0).getId();
                await(
                        Duration.ofMinutes(1),
                        "it does more than start",
                        () -> processorTime(client, container).compareTo(Duration.ofSeconds(1)) > 0);
                engine.kill();
                engine.start();

                Map<String, Verdict> verdicts = run.get(2, TimeUnit.MINUTES).strategies().stream()
                        .collect(Collectors.toMap(BacktestResult::name, BacktestResult::verdict));
                assertThat(verdicts.get("a-under-way")).isInstanceOf(Verdict.InternalFailure.class);
                assertThat(verdicts.get("a-under-way").summary()).contains(container);
                for (String next : List.of("b-next", "c-last")) {
                    assertThat(verdicts.get(next))
                            .as(next)
                            .satisfiesAnyOf(
                                    verdict -> assertThat(verdict).isEqualTo(new Verdict.Ok()),
                                    verdict -> assertThat(verdict.summary())
                                            .contains("cannot create a container for " + next, "no engine answers"));
                }
                assertThat(sandbox.run(request(later)).strategies())
                        .extracting(BacktestResult::verdict)
                        .containsExactly(new Verdict.Ok());
            }
            await(
                    Duration.ofSeconds(10),
                    "no container is left",
                    () -> containers(client).isEmpty());
        } finally {
            runs.shutdownNow();
        }
    }

    private SandboxConfig oneAtATime() {
        SandboxConfig defaults = ConfigLoader.defaults();
        SandboxSection section = defaults.sandbox();
        return defaults.with(engine.config())
                .with(new SandboxSection(
                        BackendChoice.DOCKER,
                        section.isolation(),
                        section.validation(),
                        1,
                        section.failOnViolation(),
                        section.haltOnFailure(),
                        section.validator(),
                        section.compiler()));
    }

    private static RunRequest request(StrategyFolder folder) {
        return new RunRequest(folder.strategies(), Optional.of(folder.data()), folder.output());
    }

    private static Duration processorTime(DockerClient client, String container) {
        Long pid = client.inspectContainerCmd(container).exec().getState().getPidLong();
        return ProcessHandle.of(pid == null ? 0 : pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    private static void awaitNothingOfOurs(DockerClient client) throws Exception {
        await("no container is left", () -> containers(client).isEmpty());
    }

    private static List<Container> containers(DockerClient client) {
        return client.listContainersCmd().withShowAll(true).exec();
    }

    private static List<Path> processesOf(String container) throws Exception {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> groups(process).contains(container))
                    .toList();
        }
    }

    private static String groups(Path process) {
        try {
            return Files.readString(process.resolve("cgroup"));
        } catch (IOException e) {
            // No process, or none any more.
            return "";
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        await(Duration.ofSeconds(20), what, condition);
    }

    private static void await(Duration longest, String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time: %s", what).isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
