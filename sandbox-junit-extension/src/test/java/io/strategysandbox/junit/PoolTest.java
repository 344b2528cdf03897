package io.strategysandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.SandboxConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Many tests at a time share what is expensive, and cost little more than the same work without JUnit. */
@EnabledIfDockerAvailable
@Tag("docker")
class PoolTest {

    private static final int THREADS = 4;
    private static final int TESTS = 40;

    /** What the extension may add to the time of the same work. */
    private static final double MOST = 1.3;

    /** A measurement of a minute is disturbed now and then. */
    private static final int ATTEMPTS = 3;

    private static final Set<Long> JANITORS = ConcurrentHashMap.newKeySet();

    private static final Map<String, String> PARALLEL = Map.of(
            "sandbox.backend", "docker",
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", Integer.toString(THREADS),
            "junit.jupiter.execution.parallel.config.fixed.max-pool-size", Integer.toString(THREADS));

    @SandboxTest
    @Execution(ExecutionMode.CONCURRENT)
    static class OneCase {
        @RepeatedTest(TESTS / 2)
        void test(Sandbox sandbox) throws InterruptedException {
            runs(sandbox);
        }
    }

    @SandboxTest
    @Execution(ExecutionMode.CONCURRENT)
    static class OtherCase {
        @RepeatedTest(TESTS / 2)
        void test(Sandbox sandbox) throws InterruptedException {
            runs(sandbox);
        }
    }

    private static void runs(Sandbox sandbox) throws InterruptedException {
        janitors().forEach(JANITORS::add);
        SandboxAssertions.assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars())).isOk();
    }

    /** A pool has one, as long as it is open. The system tells only the beginning of a command line. */
    private static List<Long> janitors() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("java -Xmx64m "))
                .map(ProcessHandle::pid)
                .toList();
    }

    @Test
    void fortyTestsInFourThreads() throws Exception {
        List<Double> ratios = new ArrayList<>();
        // Of the run that this test itself belongs to.
        List<Long> before = janitors();
        do {
            JANITORS.clear();
            double core = seconds(PoolTest::byCore);
            double junit = seconds(PoolTest::byJunit);
            JANITORS.removeAll(before);
            assertThat(JANITORS).as("pools of the run").hasSize(1);
            assertThat(janitors()).as("pools after the run").doesNotContainAnyElementsOf(JANITORS);
            ratios.add(junit / core);
            System.out.printf(
                    "figure: %d tests in %d threads: %.1f s, by the core alone %.1f s, ratio %.2f%n",
                    TESTS, THREADS, junit, core, junit / core);
        } while (ratios.get(ratios.size() - 1) > MOST && ratios.size() < ATTEMPTS);

        assertThat(ratios).anySatisfy(ratio -> assertThat(ratio).isLessThanOrEqualTo(MOST));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void byJunit() {
        EngineExecutionResults results = Kit.run(PARALLEL, OneCase.class, OtherCase.class);
        assertThat(Kit.failures(results)).isEmpty();
        results.testEvents().assertStatistics(statistics -> statistics.succeeded(TESTS));
    }

    private static void byCore() throws Exception {
        SandboxConfig shipped = ConfigLoader.defaults();
        SandboxConfig config = shipped.with(shipped.sandbox().with(BackendChoice.DOCKER));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Sandbox sandbox = Sandbox.open(config, SandboxListener.SILENT)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < TESTS; i++) {
                running.add(threads.submit((Callable<Void>) () -> {
                    runs(sandbox);
                    return null;
                }));
            }
            for (Future<Void> some : running) {
                some.get();
            }
        } finally {
            threads.shutdownNow();
        }
        JANITORS.clear();
    }
}
