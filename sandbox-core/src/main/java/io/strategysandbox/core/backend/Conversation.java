package io.strategysandbox.core.backend;

import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.strategy.Manifest.Direction;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.protocol.HostMessage;
import io.strategysandbox.protocol.HostMessageWriter;
import io.strategysandbox.protocol.ProtocolException;
import io.strategysandbox.protocol.RunnerMessage;
import io.strategysandbox.protocol.RunnerMessageReader;
import io.strategysandbox.protocol.Wire;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One run as it happens: three threads (one feeds bars, two read the runner's streams to their ends) and the state they
 * share. However much a runner writes, it costs the host a bounded amount of memory.
 */
final class Conversation {

    private static final int ERRORS_KEPT_BYTES = 8 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    /** How long the threads may take to see the end of their streams after the runner's end. */
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(5);

    private final Lease lease;
    private final Job job;
    private final Bars bars;
    private final long outputLimit;
    private final byte[] key = new byte[Wire.KEY_BYTES];
    private final List<Thread> threads;

    /** Guards everything below; notified whenever any of it changes. */
    private final Object lock = new Object();

    private final Progress progress;
    private final HeadAndTail printed;
    private final HeadAndTail errors = new HeadAndTail(0, ERRORS_KEPT_BYTES);
    private final JvmWords jvmWords = new JvmWords();
    private boolean outputEnded;
    private boolean dismissed;
    private boolean deadlineExceeded;
    private Optional<String> violation = Optional.empty();
    private Optional<String> unsendable = Optional.empty();

    Conversation(Lease lease, Job job, Bars bars, DockerConfig.Feed feed, DockerConfig.Output output) {
        this.lease = lease;
        this.job = job;
        this.bars = bars;
        this.outputLimit = output.limitBytes();
        this.progress = new Progress(bars.size(), feed.window());
        this.printed = new HeadAndTail(output.keepBytes(), output.keepBytes());
        new SecureRandom().nextBytes(key);
        threads = List.of(
                daemon(this::feed, "sandbox-feed-"),
                daemon(this::readOutput, "sandbox-out-"),
                daemon(this::readErrors, "sandbox-err-"));
    }

    private Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name + lease.id());
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /**
     * Waits until there is nothing more to expect from the runner.
     *
     * @return whether it has to be killed; otherwise it ends, or has ended, by itself
     * @throws BackendException if the job could not be sent
     */
    boolean awaitLastMessage(Duration readyTimeout, Duration timeout) throws BackendException, InterruptedException {
        synchronized (lock) {
            long begun = System.nanoTime();
            while (!progress.ready() && !over()) {
                if (!waitUntil(begun + readyTimeout.toNanos())) {
                    return true;
                }
            }
            // The feeder sends the job as soon as the runner is ready: from here on the time is the strategy's.
            begun = System.nanoTime();
            while (!over()) {
                if (!waitUntil(begun + timeout.toNanos())) {
                    deadlineExceeded = true;
                    return true;
                }
            }
            if (unsendable.isPresent()) {
                throw new BackendException("strategy " + job.strategy() + " cannot be sent to a runner: "
                        + unsendable.get() + "; make its class files smaller");
            }
            return violation.isPresent() || outputExceeded();
        }
    }

    /** Waits for news; false if the time has passed. */
    private boolean waitUntil(long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        TimeUnit.NANOSECONDS.timedWait(lock, left);
        return true;
    }

    private boolean over() {
        return progress.ended() || outputEnded || violation.isPresent() || outputExceeded() || unsendable.isPresent();
    }

    private boolean outputExceeded() {
        return printed.count() + errors.count() > outputLimit;
    }

    /** Lets a runner go that has said all: it waits for this, so that it can be looked at before it is gone. */
    void dismiss() {
        note(() -> dismissed = true);
    }

    /** Waits for the threads, which end soon after the runner did. */
    void join() throws InterruptedException {
        long deadline = System.nanoTime() + JOIN_TIMEOUT.toNanos();
        for (Thread thread : threads) {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
        }
    }

    private void feed() {
        try {
            HostMessageWriter writer = new HostMessageWriter(lease.stdin());
            if (awaitReady()) {
                writer.write(jobMessage());
                int count = awaitRoom();
                while (count > 0) {
                    writer.write(batch(count));
                    count = awaitRoom();
                }
                if (allSent()) {
                    writer.write(new HostMessage.End());
                }
                if (awaitDismissal()) {
                    writer.write(new HostMessage.Farewell());
                }
            }
        } catch (ProtocolException e) {
            note(() -> unsendable = Optional.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            // The runner is gone; what it left behind says why.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitReady() throws InterruptedException {
        synchronized (lock) {
            while (!progress.ready() && !over()) {
                lock.wait();
            }
            return progress.ready();
        }
    }

    private HostMessage.Job jobMessage() {
        Map<String, byte[]> classes = new TreeMap<>();
        job.classes().names().forEach(name -> classes.put(name, job.classes().bytes(name)));
        return new HostMessage.Job(
                key,
                job.entry(),
                job.direction() == Direction.SHORT,
                job.parameters(),
                Math.max(1, bars.period().toMillis()),
                outputLimit,
                classes);
    }

    /** Waits until bars may be sent; 0 if there are none left or the run is over. */
    private int awaitRoom() throws InterruptedException {
        synchronized (lock) {
            while (progress.room() == 0 && !progress.allSent() && !over()) {
                lock.wait();
            }
            return over() ? 0 : progress.room();
        }
    }

    private boolean allSent() {
        synchronized (lock) {
            return progress.allSent();
        }
    }

    /** Waits until the host wants nothing more; false if there never was a last message. */
    private boolean awaitDismissal() throws InterruptedException {
        synchronized (lock) {
            while (!dismissed) {
                lock.wait();
            }
            return progress.ended();
        }
    }

    private HostMessage.BarBatch batch(int count) {
        int first;
        synchronized (lock) {
            first = progress.sent();
            progress.sending(count);
        }
        HostMessage.BarBatch batch = new HostMessage.BarBatch(first, count);
        for (int i = 0; i < count; i++) {
            int bar = first + i;
            batch.set(
                    i,
                    bars.epochMillis(bar),
                    bars.open(bar),
                    bars.high(bar),
                    bars.low(bar),
                    bars.close(bar),
                    bars.volume(bar));
        }
        return batch;
    }

    private void readOutput() {
        InputStream stdout = lease.stdout();
        try {
            RunnerMessageReader reader = new RunnerMessageReader(new BufferedInputStream(stdout, BUFFER_BYTES));
            Optional<RunnerMessage> message = reader.next();
            while (message.isPresent()) {
                if (message.get() instanceof RunnerMessage.Hello) {
                    reader.seal(key);
                }
                accept(message.get());
                message = reader.next();
            }
        } catch (ProtocolException e) {
            note(() -> violation = Optional.of(CleanText.line(String.valueOf(e.getMessage()))));
            discard(stdout);
        } catch (EOFException e) {
            note(() -> {
                if (progress.ended()) {
                    violation = Optional.of("bytes after the last message");
                }
            });
        } catch (IOException e) {
            // A stream that breaks has ended.
        } finally {
            note(() -> outputEnded = true);
        }
    }

    private void accept(RunnerMessage message) throws ProtocolException {
        synchronized (lock) {
            progress.accept(message);
            if (message instanceof RunnerMessage.Log log) {
                byte[] bytes = log.bytes();
                printed.add(bytes, bytes.length);
            }
            lock.notifyAll();
        }
    }

    /** Reads to the end: an engine may not kill a runner that nobody listens to. */
    private static void discard(InputStream stream) {
        try {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A stream that breaks has ended.
        }
    }

    private void readErrors() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream stderr = lease.stderr();
            int count = stderr.read(buffer);
            while (count >= 0) {
                int read = count;
                note(() -> {
                    errors.add(buffer, read);
                    jvmWords.add(buffer, read);
                });
                count = stderr.read(buffer);
            }
        } catch (IOException e) {
            // A stream that breaks has ended.
        }
    }

    private void note(Runnable change) {
        synchronized (lock) {
            change.run();
            lock.notifyAll();
        }
    }

    Observations observations(RunnerSession.Ending ending) {
        synchronized (lock) {
            return new Observations(
                    progress.ready(),
                    violation,
                    outputExceeded(),
                    deadlineExceeded,
                    progress.failed(),
                    progress.done(),
                    jvmWords.outOfMemory(),
                    jvmWords.threadRefused(),
                    ending.exit(),
                    ending.usage(),
                    ending.killed(),
                    CleanText.lines(errors.tail()));
        }
    }

    Decisions decisions() {
        synchronized (lock) {
            return progress.decisions();
        }
    }

    Evidence evidence(Observations seen, List<String> notes) {
        synchronized (lock) {
            return new Evidence(
                    lease.id(),
                    lease.instance(),
                    seen.deadlineExceeded(),
                    seen.outputExceeded(),
                    progress.lastFrame(),
                    progress.decisions().size(),
                    printed.count(),
                    printed.dropped(),
                    CleanText.lines(printed.head()),
                    CleanText.lines(printed.tail()),
                    seen.runnerErrors(),
                    notes);
        }
    }
}
