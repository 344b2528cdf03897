package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.StrategyCode.onBar;
import static io.strategysandbox.core.backend.StrategyCode.targets;
import static io.strategysandbox.core.backend.StrategyCode.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Job;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code that no validator has seen, in containers: what it comes to, and what is counted. */
@RequiresDocker
class DockerRunTest {

    private static final long MIB = 1024 * 1024;
    private static final Duration LONG = Duration.ofSeconds(60);

    private static DockerExecutor executor;

    @TempDir
    private Path scratch;

    @BeforeAll
    static void open() throws Exception {
        executor = DockerExecutor.open(EngineForTests.config(256 * MIB, 32), message -> {});
    }

    @AfterAll
    static void close() throws Exception {
        executor.close();
    }

    private static RunOutcome run(Job job, Duration timeout) throws Exception {
        String container;
        RunOutcome outcome;
        try (Lease lease = executor.lease(new LeaseRequest("test", LONG))) {
            container = lease.instance();
            outcome = new RunnerSession(new Feed(4096), new Output(1024, MIB)).run(lease, job, waves(20), timeout);
        }
        try (var client = EngineForTests.client()) {
            assertThatThrownBy(() -> client.inspectContainerCmd(container).exec())
                    .isInstanceOf(NotFoundException.class);
        }
        return outcome;
    }

    private RunOutcome run(String body) throws Exception {
        return run(onBar(scratch, "if (!yes()) return 0; " + body), LONG);
    }

    @Test
    void anHonestRunIsCountedByTheKernel() throws Exception {
        RunOutcome outcome = run("return 1;");

        assertThat(outcome.verdict()).isEqualTo(new Verdict.Ok());
        assertThat(outcome.resources().exitCode()).hasValue(0);
        assertThat(outcome.resources().oomKilled()).isFalse();
        assertThat(outcome.resources().peakMemoryBytes().orElseThrow()).isBetween(10 * MIB, 256 * MIB);
        assertThat(outcome.resources().cpuMillis().orElseThrow()).isBetween(50L, 30_000L);
    }

    @Test
    void memoryOutsideTheHeapIsCountedToo() throws Exception {
        long small = run("return 1;").resources().peakMemoryBytes().orElseThrow();
        Job job = targets(
                scratch,
                "java.nio.ByteBuffer held = java.nio.ByteBuffer.allocateDirect(64 << 20);"
                        + " public double onBar(BarSeries h) {"
                        + " for (int n = 0; n < held.capacity(); n += 4096) held.put(n, (byte) 1); return 1; }");
        long large = run(job, LONG).resources().peakMemoryBytes().orElseThrow();

        assertThat(large - small).isBetween(60 * MIB, 80 * MIB);
    }

    @Test
    void theKernelEndsWhatTakesTooMuchMemory() throws Exception {
        RunOutcome outcome = run("java.util.List<java.nio.ByteBuffer> all = new ArrayList<>();"
                + " while (yes()) { java.nio.ByteBuffer b = java.nio.ByteBuffer.allocateDirect(16 << 20); all.add(b);"
                + " for (int n = 0; n < b.capacity(); n += 4096) b.put(n, (byte) 1); } return 1;");

        assertThat(outcome.verdict()).isInstanceOf(Verdict.MemoryLimitExceeded.class);
        assertThat(outcome.resources().oomKilled()).isTrue();
    }

    @Test
    void aHeapThatIsFullEndsTheRunAlsoWhenTheErrorIsCaught() throws Exception {
        RunOutcome outcome = run("try { java.util.List<long[]> all = new ArrayList<>();"
                + " while (yes()) all.add(new long[1 << 20]); } catch (OutOfMemoryError e) { } return 1;");

        assertThat(outcome.verdict()).isInstanceOf(Verdict.MemoryLimitExceeded.class);
    }

    @Test
    void threadsAreBoundedByTheKernelAndTheRefusalIsSeenEvenIfItIsSwallowed() throws Exception {
        RunOutcome outcome = run("try { for (int n = 0; n < 100; n++) { Thread t = new Thread(() -> {"
                + " try { Thread.sleep(60_000); } catch (InterruptedException e) { } });"
                + " t.setDaemon(true); t.start(); } } catch (Throwable e) { } return 1;");

        assertThat(outcome.verdict()).isInstanceOf(Verdict.ProcessLimitExceeded.class);
    }

    @Test
    void anEndlessLoopIsKilledAtTheDeadline() throws Exception {
        Duration timeout = Duration.ofSeconds(1);

        RunOutcome outcome = run(onBar(scratch, "while (yes()) { } return 1;"), timeout);

        assertThat(outcome.verdict()).isEqualTo(new Verdict.TimeLimitExceeded(timeout));
        assertThat(outcome.resources().cpuMillis().orElseThrow()).isGreaterThan(100);
    }

    @Test
    void anExitIsNoResultWhateverItsCode() throws Exception {
        for (int code : new int[] {0, 3, 137}) {
            RunOutcome outcome = run("System.exit(" + code + "); return 1;");

            assertThat(outcome.verdict()).isInstanceOf(Verdict.RuntimeError.class);
            assertThat(outcome.verdict().toString()).contains("exit code " + code);
            assertThat(outcome.resources().exitCode()).hasValue(code);
            assertThat(outcome.resources().oomKilled()).isFalse();
        }
    }

    @Test
    void printingWithoutEndIsStopped() throws Exception {
        assertThat(run("while (yes()) System.out.println(\"again and again and again\"); return 1;")
                        .verdict())
                .isInstanceOf(Verdict.OutputLimitExceeded.class);
    }

    @Test
    void thereIsNoNetworkNoProgramAndNoWritableFile() throws Exception {
        RunOutcome outcome = run("for (String name : new String[] {\"/etc/passwd\", \"/sandbox/x\", \"/dev/shm/x\"}) {"
                + " try (FileOutputStream out = new FileOutputStream(name)) { System.out.println(\"wrote \" + name); }"
                + " catch (IOException e) { System.out.println(\"refused\"); } }"
                + " try { new java.net.Socket(\"127.0.0.1\", 1); } catch (Throwable e) {"
                + " System.out.println(e.getMessage()); }"
                + " try { new ProcessBuilder(\"/sandbox/jre/bin/java\").start(); } catch (Throwable e) {"
                + " System.out.println(e.getMessage()); } return 1;");

        assertThat(outcome.verdict()).isEqualTo(new Verdict.Ok());
        assertThat(outcome.evidence().outputHead())
                .contains("refused", "Operation not permitted")
                .doesNotContain("wrote /etc", "wrote /sandbox");
    }

    @Test
    void whatAStrategyLeavesRunningEndsWithIt() throws Exception {
        Job job = targets(
                scratch,
                "public double onBar(BarSeries h) { if (h.getBarCount() == 1) {"
                        + " Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));"
                        + " new Thread(() -> { while (true) { } }).start(); } return 1; }");

        assertThat(run(job, LONG).verdict()).isEqualTo(new Verdict.Ok());
    }

    @Test
    void aBackendThatIsClosedGivesNoLease() throws Exception {
        DockerExecutor closed = DockerExecutor.open(EngineForTests.config(256 * MIB, 32), message -> {});
        closed.close();

        assertThatThrownBy(() -> closed.lease(new LeaseRequest("late", LONG))).isInstanceOf(BackendException.class);
    }
}
