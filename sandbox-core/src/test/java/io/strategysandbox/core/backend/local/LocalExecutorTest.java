package io.strategysandbox.core.backend.local;

import static io.strategysandbox.core.backend.StrategyCode.onBar;
import static io.strategysandbox.core.backend.StrategyCode.waves;
import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backend.Job;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Output;
import io.strategysandbox.core.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases of child processes: what they enforce, and that nothing of them stays. */
class LocalExecutorTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static LocalExecutor executor;

    @TempDir
    private Path scratch;

    @BeforeAll
    static void open() throws Exception {
        executor = LocalExecutor.open(LocalRunTest.config());
    }

    @AfterAll
    static void close() throws Exception {
        executor.close();
    }

    private static RunOutcome run(Job job, Output output) throws Exception {
        try (Lease lease = executor.lease(new LeaseRequest("test", LONG))) {
            return new RunnerSession(new Feed(10), output).run(lease, job, waves(2), LONG);
        }
    }

    @Test
    void itSaysWhatItIs() {
        assertThat(executor.isolation()).isEqualTo(Isolation.LOCAL);
        assertThat(executor.facts()).containsKeys("java", "os", "hostTools");
    }

    @Test
    void closingTheExecutorEndsItsRunners() throws Exception {
        LocalExecutor other = LocalExecutor.open(LocalRunTest.config());
        Lease lease = other.lease(new LeaseRequest("test", LONG));
        assertThat(lease.awaitExit(Duration.ZERO)).isEmpty();
        other.close();
        assertThat(lease.awaitExit(Duration.ZERO)).isPresent();
    }

    @Test
    void aRunnerWithoutAHostEndsEvenInAnEndlessLoop() throws Exception {
        Job job = onBar(scratch, "System.out.println(\"looping\"); while (yes()) { i++; } return 0;");
        try (Lease lease = executor.lease(new LeaseRequest("test", LONG))) {
            Thread host = new Thread(() -> {
                try {
                    new RunnerSession(new Feed(4096), LocalRunTest.OUTPUT).run(lease, job, waves(3), LONG);
                } catch (Exception e) {
                    Thread.currentThread().interrupt();
                }
            });
            host.start();
            lease.stdin().close();
            assertThat(lease.awaitExit(Duration.ofSeconds(20))).isPresent();
            host.join();
        }
    }

    @Test
    void anInterruptedHostKillsItsRunner() throws Exception {
        Job job = onBar(scratch, "System.out.println(1); while (yes()) { i++; } return 0;");
        try (Lease lease = executor.lease(new LeaseRequest("test", LONG))) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread host = new Thread(() -> {
                try {
                    new RunnerSession(new Feed(4096), LocalRunTest.OUTPUT).run(lease, job, waves(3), LONG);
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            host.start();
            host.interrupt();
            host.join();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(lease.awaitExit(Duration.ofSeconds(10))).isPresent();
        }
    }

    @Test
    void aClosedLeaseLeavesNothing() throws Exception {
        Job job = onBar(scratch, """
                if (i == 0) {
                  File d = new File("made"); d.mkdir(); new FileOutputStream(new File(d, "file")).close();
                  System.out.print(new File(".").getCanonicalPath());
                }
                if (yes()) return 0; return 1;""");
        Lease lease = executor.lease(new LeaseRequest("test", LONG));
        RunOutcome outcome = new RunnerSession(new Feed(10), LocalRunTest.OUTPUT).run(lease, job, waves(3), LONG);
        assertThat(outcome.verdict()).as("%s", outcome.evidence()).isEqualTo(new Verdict.Ok());
        Path directory = Path.of(outcome.evidence().outputHead());
        assertThat(directory.resolve("made").resolve("file")).exists();
        lease.close();
        lease.close();
        assertThat(directory).doesNotExist();
        assertThat(ProcessHandle.of(Long.parseLong(lease.instance()))).isEmpty();
    }

    @Test
    void whatIsSaidToBeEnforcedIs() throws Exception {
        Job job = onBar(scratch, """
                if (i > 0) return 0;
                StringBuilder status = new StringBuilder();
                for (String file : new String[] {"/proc/self/status", "/proc/self/limits", "/proc/self/net/dev"}) {
                  try (BufferedReader r = new BufferedReader(new FileReader(file))) {
                    for (String l = r.readLine(); l != null; l = r.readLine())
                      if (l.matches("(NoNewPrivs|CapEff|CapBnd|Max (open|file|core)|.*:).*") ) status.append(l).append('\\n');
                  }
                }
                System.out.print(status);
                return yes() ? 0 : 1;""");
        RunOutcome outcome = run(job, new Output(64 * 1024, 1 << 20));
        assertThat(outcome.verdict()).as("%s", outcome.evidence()).isEqualTo(new Verdict.Ok());
        String status = outcome.evidence().outputHead();
        assertThat(executor.notEnforced())
                .contains("file system", "system calls")
                .isSorted();
        if (!executor.notEnforced().contains("open files")) {
            assertThat(status)
                    .containsPattern("Max open files +256 +256")
                    .containsPattern("Max file size +16777216 +16777216")
                    .containsPattern("Max core file size +0 +0");
        }
        if (!executor.notEnforced().contains("privileges")) {
            assertThat(status).containsPattern("NoNewPrivs:\\s+1");
        }
        if (!executor.notEnforced().contains("privileges")
                && !executor.notEnforced().contains("capabilities")) {
            assertThat(status).containsPattern("CapEff:\\s+0+\\n").containsPattern("CapBnd:\\s+0+\\n");
        }
        if (!executor.notEnforced().contains("network")) {
            assertThat(status.lines().filter(line -> line.matches(" *(eth|en|wl|docker)[^:]*:.*")))
                    .isEmpty();
        }
    }
}
