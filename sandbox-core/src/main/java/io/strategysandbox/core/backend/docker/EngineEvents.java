package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import io.strategysandbox.core.backend.BackendException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what happens to our containers. With automatic removal a container may be gone before anybody can look at it, so
 * that its end is only known from the engine's events: {@code oom}, {@code die} with the exit code, {@code destroy}; and
 * who ended it from {@code kill} and {@code pause}. An engine that was lost is listened to again when a container is added.
 */
final class EngineEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineEvents.class);

    private static final long START_SECONDS = 30;

    private final DockerClient streaming;
    private final Map<String, DockerLease> leases = new ConcurrentHashMap<>();

    /** Guarded by this. */
    private Subscription subscription = new Subscription();

    private volatile boolean closed;

    private EngineEvents(DockerClient streaming) {
        this.streaming = streaming;
    }

    /**
     * Listens.
     *
     * @param streaming a client without a response timeout
     * @param since the engine's own time, in seconds of the epoch; what happened after it is heard, too
     * @throws BackendException if the engine does not begin to tell
     */
    static EngineEvents listen(DockerClient streaming, long since) throws BackendException, InterruptedException {
        EngineEvents events = new EngineEvents(streaming);
        events.subscribe(events.subscription, streaming.eventsCmd().withSince(Long.toString(since)));
        return events;
    }

    private void subscribe(Subscription fresh, EventsCmd command) throws BackendException, InterruptedException {
        boolean listening = false;
        try {
            command.withLabelFilter(ContainerProfile.OWNER).exec(fresh);
            listening = fresh.awaitStarted(START_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot listen to the engine's events", e);
        } finally {
            if (!listening) {
                fresh.end();
            }
        }
        if (!listening) {
            throw new BackendException("the engine does not tell its events within " + START_SECONDS
                    + " s; look at its log, and run scripts/setup_docker_sandbox.sh --check");
        }
    }

    /** One stream of events, until it breaks. */
    private final class Subscription extends ResultCallback.Adapter<Event> {
        private volatile boolean lost;

        @Override
        public void onNext(Event event) {
            hear(event);
        }

        @Override
        public void onError(Throwable failure) {
            super.onError(failure);
            lose(failure);
        }

        @Override
        public void onComplete() {
            super.onComplete();
            lose(new IOException("the engine closed its stream of events, as it does when it stops"));
        }

        private void lose(Throwable failure) {
            lost = true;
            if (!closed) {
                leases.values().forEach(lease -> lease.engineLost(failure));
            }
        }

        private void end() {
            lost = true;
            try {
                close();
            } catch (IOException e) {
                LOG.debug("closing the stream of events", e);
            }
        }
    }

    /** Has the lease told what happens to its container, which must not have been started. */
    void add(String containerId, DockerLease lease) throws BackendException, InterruptedException {
        listenAgain();
        leases.put(containerId, lease);
        if (lost()) {
            throw new BackendException(
                    "the engine was lost while a container was made; look at its log, and run again");
        }
    }

    private synchronized boolean lost() {
        return subscription.lost;
    }

    private synchronized void listenAgain() throws BackendException, InterruptedException {
        if (subscription.lost && !closed) {
            subscription.end();
            Subscription fresh = new Subscription();
            subscribe(fresh, streaming.eventsCmd());
            subscription = fresh;
        }
    }

    void remove(String containerId) {
        leases.remove(containerId);
    }

    private void hear(Event event) {
        DockerLease lease =
                event.getActor() == null ? null : leases.get(event.getActor().getId());
        if (lease == null || event.getAction() == null) {
            return;
        }
        switch (event.getAction()) {
            case "oom" -> lease.outOfMemory();
            case "kill" -> lease.signalled(attribute(event, "signal"));
            case "pause" -> lease.paused();
            case "die" -> {
                String code = attribute(event, "exitCode");
                lease.died(code.isEmpty() ? -1 : Integer.parseInt(code));
            }
            case "destroy" -> lease.destroyed();
            default -> {
                // Of no interest.
            }
        }
    }

    private static String attribute(Event event, String name) {
        Map<String, String> attributes = event.getActor().getAttributes();
        return attributes == null ? "" : attributes.getOrDefault(name, "");
    }

    @Override
    public synchronized void close() {
        closed = true;
        subscription.end();
    }
}
