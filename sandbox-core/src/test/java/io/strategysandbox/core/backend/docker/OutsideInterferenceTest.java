package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.StrategyCode.onBar;
import static io.strategysandbox.core.backend.StrategyCode.waves;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Output;
import io.strategysandbox.core.testing.RequiresDocker;
import io.strategysandbox.core.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else ends a sandbox through the engine, or stops its time: that is never the strategy's fault. */
@RequiresDocker
class OutsideInterferenceTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    /** More than the first frames of a run take, so that whoever has seen this much has seen the strategy run. */
    private static final int PRINTED = 4_000;

    private static final String PRINTS =
            "if (i == 0) System.out.println(\"x\".repeat(" + 2 * PRINTED + "));" + " System.out.flush(); ";

    private static DockerClient engine;
    private static DockerExecutor executor;
    private static ExecutorService runs;

    @TempDir
    private Path scratch;

    /** Something that is done to a container. */
    @FunctionalInterface
    private interface Deed {
        void to(String container) throws Exception;
    }

    @BeforeAll
    static void open() throws Exception {
        engine = EngineForTests.client();
        executor = DockerExecutor.open(EngineForTests.config(256L << 20, 32), message -> {});
        runs = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void close() throws Exception {
        runs.shutdownNow();
        executor.close();
        engine.close();
    }

    private RunOutcome run(String body, Duration timeout, Deed deed) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (Lease lease = executor.lease(new LeaseRequest("meddled", LONG))) {
            Lease watched = WatchedLease.of(lease, PRINTED, running::countDown);
            Future<RunOutcome> outcome = runs.submit(() -> new RunnerSession(new Feed(4096), new Output(1024, 1 << 20))
                    .run(watched, onBar(scratch, PRINTS + body), waves(20), timeout));
            assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
            deed.to(lease.instance());
            return outcome.get(60, TimeUnit.SECONDS);
        }
    }

    private static void assertNotItsFault(RunOutcome outcome, String told) {
        assertThat(outcome.verdict()).isInstanceOf(Verdict.InternalFailure.class);
        assertThat(outcome.verdict().summary()).contains("from outside", told, "not the strategy's doing");
        assertThat(outcome.evidence().notes()).contains("from outside: " + told);
    }

    @TestFactory
    List<DynamicTest> whatEndsItFromOutsideIsTold() {
        return List.of(
                ended(
                        "docker kill",
                        "it was killed",
                        container -> engine.killContainerCmd(container).exec()),
                ended(
                        "docker kill -s TERM",
                        "it was sent the signal 15",
                        container -> engine.killContainerCmd(container)
                                .withSignal("TERM")
                                .exec()),
                ended(
                        "docker rm -f",
                        "it was killed",
                        container -> engine.removeContainerCmd(container)
                                .withForce(true)
                                .exec()),
                ended(
                        "docker stop",
                        "it was sent the signal 15",
                        container -> engine.stopContainerCmd(container)
                                .withTimeout(1)
                                .exec()),
                ended(
                        "docker restart",
                        "it was sent the signal 15",
                        container -> engine.restartContainerCmd(container)
                                .withTimeout(1)
                                .exec()));
    }

    private DynamicTest ended(String name, String told, Deed deed) {
        return DynamicTest.dynamicTest(
                name, () -> assertNotItsFault(run("while (yes()) { } return 1;", LONG, deed), told));
    }

    @Test
    void aPauseThatLastsUntilTheDeadlineIsTold() throws Exception {
        RunOutcome outcome = run(
                "while (yes()) { } return 1;",
                Duration.ofSeconds(3),
                container -> engine.pauseContainerCmd(container).exec());

        assertNotItsFault(outcome, "it was paused");
        assertThat(outcome.evidence().deadlineExceeded()).isTrue();
    }

    @Test
    void aPauseThatEndsInTimeChangesNothing() throws Exception {
        RunOutcome outcome = run(
                "long t = System.nanoTime(); while (i == 0 && yes() && System.nanoTime() - t < 3e9) { } return 1;",
                LONG,
                container -> {
                    engine.pauseContainerCmd(container).exec();
                    engine.unpauseContainerCmd(container).exec();
                });

        assertThat(outcome.verdict()).isEqualTo(new Verdict.Ok());
    }

    @Test
    void aStrategyCannotPassItsOwnEndOffAsSomebodyElses() throws Exception {
        for (String end : List.of(
                "System.exit(137)", "Runtime.getRuntime().halt(137)", "System.exit(143)", "System.exit(143 - 256)")) {
            RunOutcome outcome = run("if (yes()) " + end + "; return 1;", LONG, container -> {});

            assertThat(outcome.verdict()).as(end).isInstanceOf(Verdict.RuntimeError.class);
            assertThat(outcome.evidence().notes()).as(end).noneMatch(note -> note.contains("outside"));
        }
    }
}
