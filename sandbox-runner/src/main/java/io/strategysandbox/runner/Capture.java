package io.strategysandbox.runner;

import io.strategysandbox.protocol.RunnerMessage;
import io.strategysandbox.protocol.Wire;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a strategy prints, on its way to the host. Both streams share one small buffer, so that their order is kept. A
 * line goes out when it ends and whatever is left after a moment, so that nothing is lost when the strategy hangs or
 * dies; a strategy that prints a lot is sent in full frames instead. Printing too much ends the run.
 */
final class Capture {

    /** Beyond this many bytes nobody reads along, and frames are filled. */
    private static final long PROMPT_BYTES = 256 * 1024;

    private static final long FLUSH_MILLIS = 50;

    private final Outbox outbox;
    private final long limit;
    private final Object lock = new Object();
    private final byte[] buffer = new byte[Wire.MAX_LOG_BYTES];
    private int used;
    private boolean usedByErr;
    private long printed;

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

    /** Starts what sends a line that has not ended. */
    void start() {
        Thread flusher = new Thread(this::flushEverySoOften, "sandbox-flush");
        flusher.setDaemon(true);
        flusher.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::flush, "sandbox-flush-at-exit"));
    }

    void flush() {
        synchronized (lock) {
            if (used > 0) {
                outbox.send(new RunnerMessage.Log(usedByErr, Arrays.copyOf(buffer, used)));
                used = 0;
                lock.notifyAll();
            }
        }
    }

    private void flushEverySoOften() {
        while (true) {
            try {
                synchronized (lock) {
                    while (used == 0) {
                        lock.wait();
                    }
                }
                Thread.sleep(FLUSH_MILLIS);
            } catch (InterruptedException e) {
                // Whoever it was, output still has to go out.
            }
            flush();
        }
    }

    private void add(boolean err, byte[] bytes, int offset, int length) {
        synchronized (lock) {
            if (err != usedByErr) {
                flush();
                usedByErr = err;
            }
            boolean lineEnded = false;
            int allowed = (int) Math.min(length, limit - printed);
            for (int i = 0; i < allowed; i++) {
                byte value = bytes[offset + i];
                buffer[used++] = value;
                lineEnded |= value == '\n';
                if (used == buffer.length) {
                    flush();
                }
            }
            if (used > 0 && used == allowed) {
                lock.notifyAll();
            }
            printed += allowed;
            if (allowed < length) {
                flush();
                outbox.last(new RunnerMessage.Failed(
                        RunnerMessage.Kind.OUTPUT, "", "printed more than " + limit + " bytes", List.of(), -1));
            }
            if (lineEnded && printed <= PROMPT_BYTES) {
                flush();
            }
        }
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
