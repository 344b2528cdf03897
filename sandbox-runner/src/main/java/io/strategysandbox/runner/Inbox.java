package io.strategysandbox.runner;

import io.strategysandbox.protocol.HostMessage;
import io.strategysandbox.protocol.HostMessageReader;
import io.strategysandbox.protocol.ProtocolException;
import io.strategysandbox.protocol.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * What the host sends, read by a thread of its own that never waits for the strategy: so it sees the end of the stream,
 * which means that the host is gone, even while the strategy is in an endless loop, and ends the process. Flow control
 * keeps the queue short.
 */
final class Inbox {

    private final HostMessageReader reader;
    private final Object lock = new Object();
    private final Queue<HostMessage> queue = new ArrayDeque<>();
    private int queuedBars;

    Inbox(InputStream in) {
        reader = new HostMessageReader(new BufferedInputStream(in, 64 * 1024));
    }

    void start() {
        Thread thread = new Thread(this::read, "sandbox-inbox");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            Optional<HostMessage> message = reader.next();
            while (message.isPresent()) {
                if (message.get() instanceof HostMessage.Farewell) {
                    Runtime.getRuntime().halt(ExitCode.SAID_ALL);
                }
                add(message.get());
                message = reader.next();
            }
        } catch (IOException e) {
            // There is nobody to tell: the host that sent this does not speak the protocol, or is gone.
        } finally {
            Runtime.getRuntime().halt(ExitCode.HOST_GONE);
        }
    }

    private void add(HostMessage message) throws ProtocolException {
        synchronized (lock) {
            queuedBars += bars(message);
            if (queuedBars > Wire.MAX_WINDOW_BARS) {
                throw new ProtocolException("the host sent more bars than the largest window");
            }
            queue.add(message);
            lock.notifyAll();
        }
    }

    /** The host's first message. */
    HostMessage.Job job() {
        if (next() instanceof HostMessage.Job job) {
            return job;
        }
        throw brokenHost();
    }

    /** The next batch of bars; empty at the end. */
    Optional<HostMessage.BarBatch> bars() {
        HostMessage message = next();
        if (message instanceof HostMessage.BarBatch batch) {
            return Optional.of(batch);
        }
        if (message instanceof HostMessage.End) {
            return Optional.empty();
        }
        throw brokenHost();
    }

    /**
     * Waits until the host lets this process go, which ends it at once: threads and shutdown hooks that a strategy left
     * behind get no say in it.
     */
    void awaitFarewell() {
        while (true) {
            next();
        }
    }

    private HostMessage next() {
        synchronized (lock) {
            while (queue.isEmpty()) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    // A strategy may have interrupted its own thread; that is no reason to stop waiting.
                }
            }
            HostMessage message = queue.remove();
            queuedBars -= bars(message);
            return message;
        }
    }

    private static int bars(HostMessage message) {
        return message instanceof HostMessage.BarBatch batch ? batch.size() : 0;
    }

    private static IllegalStateException brokenHost() {
        Runtime.getRuntime().halt(ExitCode.HOST_GONE);
        return new IllegalStateException("the host does not speak the protocol");
    }
}
