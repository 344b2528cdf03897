package io.strategysandbox.runner;

import io.strategysandbox.protocol.RunnerMessage;
import io.strategysandbox.protocol.Wire;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What a strategy prints, on its way to the host. Both streams share one small buffer, so that their order is kept. A
 * line goes out when it ends and whatever is left after a moment, so that nothing is lost when the strategy hangs or
 * dies; a strategy that prints a lot is sent in full frames instead. Printing too much ends the run.
 *
 * <p>Whoever prints only copies into the buffer and waits; frames are made by threads of the runner's. The strategy may be
 * at the end of its stack, and a frame that is begun and not sent would make all later ones look forged.
 */
final class Capture {

    /** Beyond this many bytes nobody reads along, and frames are filled. */
    private static final long PROMPT_BYTES = 64 * 1024;

    private static final long FLUSH_MILLIS = 50;

    private final Outbox outbox;
    private final long limit;
    private final Object lock = new Object();
    private final byte[] buffer = new byte[Wire.MAX_LOG_BYTES];
    private int used;
    private boolean usedByErr;
    private long printed;
    private long flushes;
    private boolean urgent;
    private boolean exceeded;

    Capture(Outbox outbox, long limitBytes) {
        this.outbox = outbox;
        this.limit = limitBytes;
    }

    OutputStream out() {
        return new Stream(false);
    }

    OutputStream err() {
        return new Stream(true);
    }

    /** Starts what sends all that is printed. */
    void start() {
        Thread flusher = new Thread(this::flushAgainAndAgain, "sandbox-flush");
        flusher.setDaemon(true);
        flusher.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::flush, "sandbox-flush-at-exit"));
    }

    /** Sends what is there; never called by a thread in the middle of a strategy. */
    void flush() {
        synchronized (lock) {
            if (used > 0) {
                outbox.send(new RunnerMessage.Log(usedByErr, Arrays.copyOf(buffer, used)));
                used = 0;
            }
            if (exceeded) {
                outbox.last(new RunnerMessage.Failed(
                        RunnerMessage.Kind.OUTPUT, "", "printed more than " + limit + " bytes", List.of(), -1));
            }
            urgent = false;
            flushes++;
            lock.notifyAll();
        }
    }

    private void flushAgainAndAgain() {
        while (true) {
            try {
                synchronized (lock) {
                    while (used == 0 && !urgent) {
                        // Not for ever: whoever printed may have been too deep in its stack to notify.
                        lock.wait(FLUSH_MILLIS);
                    }
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLUSH_MILLIS);
                    while (!urgent && System.nanoTime() < end) {
                        lock.wait(FLUSH_MILLIS);
                    }
                }
            } catch (InterruptedException e) {
                // Whoever it was, output still has to go out.
            }
            flush();
        }
    }

    private void add(boolean err, byte[] bytes, int offset, int length) {
        boolean interrupted = false;
        synchronized (lock) {
            int added = 0;
            while (added < length) {
                while (exceeded || used == buffer.length || used > 0 && usedByErr != err) {
                    interrupted |= waitForFlush();
                }
                int count = (int) Math.min(Math.min(length - added, buffer.length - used), limit - printed);
                System.arraycopy(bytes, offset + added, buffer, used, count);
                usedByErr = err;
                used += count;
                printed += count;
                added += count;
                exceeded = added < length && printed == limit;
            }
            if (printed <= PROMPT_BYTES && endsLine(bytes, offset, length)) {
                interrupted |= waitForFlush();
            } else {
                lock.notifyAll();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean endsLine(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Waits for the runner's thread; whether the waiting one was interrupted. */
    private boolean waitForFlush() {
        boolean interrupted = false;
        long before = flushes;
        while (flushes == before) {
            urgent = true;
            lock.notifyAll();
            try {
                lock.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    /** One of the two streams. Closing it changes nothing. */
    private final class Stream extends OutputStream {
        private final boolean err;

        Stream(boolean err) {
            this.err = err;
        }

        @Override
        public void write(int value) {
            add(err, new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            add(err, bytes, offset, length);
        }
    }
}
