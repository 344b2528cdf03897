package io.strategysandbox.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.api.Parameters;
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Output;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.Manifest.Direction;
import io.strategysandbox.core.verdict.Verdict;
import io.strategysandbox.protocol.RunnerMessage;
import io.strategysandbox.protocol.RunnerMessageWriter;
import io.strategysandbox.protocol.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A host in front of runners that are not what they should be. */
class RunnerSessionTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static RunOutcome run(Lease lease, int classBytes, Duration timeout) throws Exception {
        CompiledClasses classes = CompiledClasses.of(Map.of("S", new byte[classBytes]));
        Job job = new Job("big", classes, "S", Direction.LONG, Parameters.of(Map.of()));
        return new RunnerSession(new Feed(1), new Output(100, 1000)).run(lease, job, StrategyCode.waves(2), timeout);
    }

    private static byte[] hello(int version) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RunnerMessageWriter(out).write(new RunnerMessage.Hello(version, "17"));
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aRunnerThatDiesBeforeItIsReadyIsOurFailure() throws Exception {
        RunOutcome outcome = run(new FakeLease(new byte[0], bytes("no\u001b jvm"), true), 10, LONG);
        assertThat(outcome.verdict())
                .isEqualTo(
                        new Verdict.InternalFailure(
                                "the runner ended before it was ready, exit code 1; it said: "
                                        + "no\ufffd jvm; the strategy had not been sent yet. Run scripts/setup_docker_sandbox.sh --check"));
        assertThat(outcome.decisions()).isEqualTo(Decisions.NONE);
    }

    @Test
    void aRunnerOfAnotherVersionOrNoneIsOurFailure() throws Exception {
        for (byte[] first : new byte[][] {hello(Wire.VERSION + 1), bytes("Usage: java [options]")}) {
            FakeLease lease = new FakeLease(first, new byte[0], false);
            assertThat(run(lease, 10, LONG).verdict()).isInstanceOf(Verdict.InternalFailure.class);
            assertThat(lease.killed()).isTrue();
        }
    }

    @Test
    void aRunnerThatSaysNothingMoreIsKilledAtTheDeadline() throws Exception {
        FakeLease lease = new FakeLease(hello(Wire.VERSION), new byte[0], false);
        Duration timeout = Duration.ofMillis(50);
        assertThat(run(lease, 10, timeout).verdict()).isEqualTo(new Verdict.TimeLimitExceeded(timeout));
        assertThat(lease.killed()).isTrue();
    }

    @Test
    void standardErrorCountsAsOutput() throws Exception {
        FakeLease lease = new FakeLease(hello(Wire.VERSION), new byte[1001], false);
        assertThat(run(lease, 10, LONG).verdict()).isEqualTo(new Verdict.OutputLimitExceeded(1000));
        assertThat(lease.killed()).isTrue();
    }

    @Test
    void aJobThatIsTooLargeIsSaidToBe() throws Exception {
        FakeLease lease = new FakeLease(hello(Wire.VERSION), new byte[0], false);
        assertThatThrownBy(() -> run(lease, Wire.MAX_JOB_BYTES, LONG))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("strategy big cannot be sent")
                .hasMessageContaining("make its class files smaller");
        assertThat(lease.killed()).isTrue();
    }

    @Test
    void aHostThatIsInterruptedKillsTheRunnerAndLeavesNoThread() throws Exception {
        FakeLease lease = new FakeLease(hello(Wire.VERSION), new byte[0], false);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run(lease, 10, LONG)).isInstanceOf(InterruptedException.class);
        assertThat(lease.killed()).isTrue();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().matches("sandbox-.*-fake")) {
                thread.join(LONG.toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    /** A runner that says what it is told to, and then ends at once or only when it is killed. */
    private static final class FakeLease implements Lease {
        private final CountDownLatch end = new CountDownLatch(1);
        private final InputStream stdout;
        private final InputStream stderr;
        private final boolean endsAtOnce;

        FakeLease(byte[] stdout, byte[] stderr, boolean endsAtOnce) {
            this.stdout = new SequenceInputStream(new ByteArrayInputStream(stdout), new UntilTheEnd());
            this.stderr = new SequenceInputStream(new ByteArrayInputStream(stderr), new UntilTheEnd());
            this.endsAtOnce = endsAtOnce;
            if (endsAtOnce) {
                end.countDown();
            }
        }

        boolean killed() {
            return !endsAtOnce && end.getCount() == 0;
        }

        @Override
        public String id() {
            return "fake";
        }

        @Override
        public String instance() {
            return "0";
        }

        @Override
        public OutputStream stdin() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream stdout() {
            return stdout;
        }

        @Override
        public InputStream stderr() {
            return stderr;
        }

        @Override
        public void kill() {
            end.countDown();
        }

        @Override
        public ResourceUsage usage() {
            return ResourceUsage.UNKNOWN;
        }

        @Override
        public Optional<ExitStatus> awaitExit(Duration timeout) throws InterruptedException {
            return end.await(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(new ExitStatus(endsAtOnce ? 1 : 137, false, Optional.empty()))
                    : Optional.empty();
        }

        @Override
        public void close() {
            kill();
        }

        /** Blocks until the runner's end, as a quiet runner's streams do. */
        private final class UntilTheEnd extends InputStream {
            @Override
            public int read() throws IOException {
                try {
                    end.await();
                    return -1;
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        }
    }
}
