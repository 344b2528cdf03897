package io.strategysandbox.runner;

import io.strategysandbox.protocol.RunnerMessage;
import io.strategysandbox.protocol.RunnerMessageWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The way to the host, shared by the thread of the strategy and by whatever prints. A host that does not listen any more
 * ends the process.
 */
final class Outbox {

    private final Object lock = new Object();
    private final RunnerMessageWriter writer;
    private boolean ended;

    Outbox(OutputStream out) {
        writer = new RunnerMessageWriter(out);
    }

    void seal(byte[] key) {
        synchronized (lock) {
            writer.seal(key);
        }
    }

    /** Sends a message; nothing happens once the last one is out. */
    void send(RunnerMessage message) {
        synchronized (lock) {
            if (!ended) {
                write(message);
            }
        }
    }

    /** Sends the last message; what comes later is dropped. */
    void last(RunnerMessage message) {
        synchronized (lock) {
            if (!ended) {
                write(message);
                ended = true;
            }
        }
    }

    private void write(RunnerMessage message) {
        try {
            writer.write(message);
        } catch (IOException e) {
            Runtime.getRuntime().halt(ExitCode.HOST_GONE);
        }
    }
}
