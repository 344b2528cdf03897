package io.strategysandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The extension against a real engine, and without one. */
class DockerTest {

    private static final int ROUNDS = Integer.getInteger("sandbox.green.rounds", 5);

    @TempDir
    private Path folder;

    private static EngineProxyHolder engine = new EngineProxyHolder();

    /** Where the classes below find the engine that is to be killed. */
    private static final class EngineProxyHolder {
        private volatile AutoCloseable proxy = () -> {};
    }

    @AfterEach
    void close() throws Exception {
        engine.proxy.close();
    }

    static class RunCase {
        @SandboxTest(backend = BackendChoice.DOCKER, memory = "256MiB")
        void runs(Sandbox sandbox) throws InterruptedException {
            SandboxAssertions.assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars()))
                    .isOk()
                    .ranIn(Isolation.DOCKER);
        }
    }

    @EnabledIfDockerAvailable
    @Test
    @Tag("docker")
    void aTestRunsInAContainer() {
        EngineExecutionResults results = Kit.run(Map.of(), RunCase.class);

        assertThat(Kit.failures(results)).isEmpty();
        assertThat(Kit.reported(results, SandboxExtension.ISOLATION)).containsExactly("docker");
    }

    static class LeakCase {
        @SandboxTest(backend = BackendChoice.DOCKER)
        void leaks(Backend backend) throws Exception {
            backend.lease(new LeaseRequest("follower", Duration.ofMinutes(5)));
        }
    }

    @EnabledIfDockerAvailable
    @Test
    @Tag("docker")
    void aContainerThatIsLeftFailsTheTestAndIsRemoved() {
        String words = Kit.failures(Kit.run(Map.of(), LeakCase.class)).get(0);

        assertThat(words).contains("1 sandbox that leaks(Backend) leased", "running", "DockerTest.java");
        String container = words.replaceAll("(?s).*\\(([0-9a-f]{64})\\).*", "$1");
        assertThat(container).hasSize(64);
        assertThat(docker("ps", "--all", "--quiet", "--no-trunc")).doesNotContain(container);
    }

    static class InterruptedCase {
        static volatile Lease leased;

        @SandboxTest(backend = BackendChoice.DOCKER)
        void isInterrupted(Backend backend) throws Exception {
            leased = backend.lease(new LeaseRequest("follower", Duration.ofMinutes(5)));
            Thread.currentThread().interrupt();
        }
    }

    @EnabledIfDockerAvailable
    @Test
    @Tag("docker")
    void anInterruptLeavesNothingEither() {
        List<String> failures = Kit.failures(Kit.run(Map.of(), InterruptedCase.class));
        // JUnit 5.14 leaves it to whoever comes next.
        Thread.interrupted();

        assertThat(failures)
                .singleElement()
                .asString()
                .contains("1 sandbox that isInterrupted(Backend) leased", InterruptedCase.leased.id());
        assertThat(docker("ps", "--all", "--quiet", "--no-trunc")).doesNotContain(InterruptedCase.leased.instance());
    }

    private static String docker(String... arguments) {
        try {
            List<String> command = new java.util.ArrayList<>(List.of("docker"));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static class KilledEngineCase {
        @SandboxTest
        void losesItsEngine(Backend backend) throws Exception {
            backend.lease(new LeaseRequest("follower", Duration.ofMinutes(5)));
            engine.proxy.close();
        }
    }

    @EnabledIfDockerAvailable
    @Test
    @Tag("docker")
    void anEngineThatIsGoneFailsTheTestThatCannotCleanUp() throws Exception {
        EngineProxy proxy = new EngineProxy();
        engine.proxy = proxy;
        Map<String, String> parameters = new HashMap<>(Kit.DOCKER);
        parameters.put("sandbox.config", proxy.config(folder).toString());

        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(KilledEngineCase.class))
                .configurationParameters(parameters)
                .build();

        // What is left is told again at the end of the run, when nobody is there any more whose failure it could be.
        assertThatThrownBy(() -> LauncherFactory.create().execute(request, summary))
                .hasMessageContaining("could not be removed");

        assertThat(summary.getSummary().getFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException())
                        .hasMessageContainingAll(
                                "what losesItsEngine(Backend) leased could not be removed",
                                "for follower",
                                "DockerTest.java"));
    }

    static class BoundCase {
        @SandboxTest(maxOverhead = 0.0001)
        void tooSlow(Sandbox sandbox) throws InterruptedException {
            sandbox.backtest(Kit.FOLLOWER, Kit.bars());
        }

        @SandboxTest(maxOverhead = 1000)
        void fastEnough(Sandbox sandbox) throws InterruptedException {
            sandbox.backtest(Kit.FOLLOWER, Kit.bars());
        }

        @SandboxTest(maxOverhead = 0.3)
        void backtestsNothing(Sandbox sandbox) {}

        @SandboxTest(maxOverhead = 0.3)
        void doesNotEnd(Sandbox sandbox) throws InterruptedException {
            sandbox.backtest(Kit.BOOM, Kit.bars());
        }
    }

    @EnabledIfDockerAvailable
    @Test
    @Tag("docker")
    void whatIsolationCostsIsHeldAgainstABound() {
        EngineExecutionResults results = Kit.run(Kit.DOCKER, BoundCase.class);

        results.testEvents().assertStatistics(statistics -> statistics.failed(3).succeeded(1));
        assertThat(Kit.failures(results))
                .anySatisfy(words -> assertThat(words)
                        .containsPattern("isolation costs follower more than 0.00 of its time: sandboxed \\d+ ms,"
                                + " unsandboxed \\d+ ms \\(medians of \\d+ rounds in turn\\): an overhead of \\d"))
                .anySatisfy(words -> assertThat(words).contains("the test has backtested no strategy to its last bar"));
        assertThat(Kit.reported(results, SandboxExtension.OVERHEAD)).hasSize(2);
    }

    @SandboxTest(backend = BackendChoice.DOCKER, memory = "256MiB")
    @Execution(ExecutionMode.CONCURRENT)
    static class GreenCase {
        @RepeatedTest(5)
        void ten(Sandbox sandbox) throws InterruptedException {
            SandboxAssertions.assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars()))
                    .isOk();
        }
    }

    @EnabledIfDockerAvailable
    @Test
    @Tag("docker")
    void whatIsGreenStaysGreen() {
        Map<String, String> parameters = new HashMap<>(Kit.DOCKER);
        parameters.put("junit.jupiter.execution.parallel.enabled", "true");
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(Kit.failures(Kit.run(parameters, GreenCase.class)))
                    .as("round %s", round)
                    .isEmpty();
        }
    }

    @EnabledIfDockerAvailable
    static class NeedsDockerCase {
        @Test
        void test() {}
    }

    static class AnyCase {
        @SandboxTest
        void runs(Sandbox sandbox) throws InterruptedException {
            SandboxAssertions.assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars()))
                    .isOk();
        }
    }

    private Map<String, String> nowhere(String... more) throws Exception {
        Files.writeString(
                folder.resolve("docker_config.yaml"),
                "engine: { host: 'unix://" + folder.resolve("nobody.sock") + "' }\n");
        Map<String, String> parameters = new HashMap<>(Map.of("sandbox.config", folder.toString()));
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return parameters;
    }

    @Test
    void withoutDockerWhatNeedsItIsSkippedWithCauseAndFix() throws Exception {
        EngineExecutionResults results = Kit.run(nowhere("sandbox.docker.required", "false"), NeedsDockerCase.class);

        assertThat(Kit.skipped(results))
                .singleElement()
                .asString()
                .contains("no Docker engine can be used", "nobody.sock", "setup_docker_sandbox.sh");
    }

    @Test
    void withoutDockerWhatNeedsItFailsWhereItIsRequired() throws Exception {
        assertThat(Kit.failures(
                        Kit.run(nowhere("sandbox.docker.required", "true"), NeedsDockerCase.class, AnyCase.class)))
                .hasSize(2)
                .allSatisfy(words -> assertThat(words).contains("nobody.sock"))
                .anySatisfy(words -> assertThat(words).contains("Docker is required"))
                .anySatisfy(words -> assertThat(words).contains("no sandbox can be opened"));
    }

    @Test
    void withoutDockerATestRunsInAChildProcess() throws Exception {
        EngineExecutionResults results = Kit.run(nowhere("sandbox.docker.required", "false"), AnyCase.class);

        assertThat(Kit.failures(results)).isEmpty();
        assertThat(Kit.reported(results, SandboxExtension.ISOLATION)).containsExactly("local");
    }

    @Test
    void aTestThatAsksForDockerDoesNotRunWithoutIt() throws Exception {
        assertThat(Kit.failures(Kit.run(nowhere("sandbox.docker.required", "false"), RunCase.class)))
                .singleElement()
                .asString()
                .contains("no sandbox can be opened", "nobody.sock");
    }
}
