package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import io.strategysandbox.core.backend.BackendException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what happens to our containers. With automatic removal a container may be gone before anybody can look at it, so
 * that its end is only known from the engine's events: {@code oom}, {@code die} with the exit code, {@code destroy}.
 */
final class EngineEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineEvents.class);

    private static final long START_SECONDS = 30;

    private final Map<String, DockerLease> leases = new ConcurrentHashMap<>();
    private final Subscription subscription = new Subscription();
    private volatile Optional<Throwable> lost = Optional.empty();
    private volatile boolean closed;

    private EngineEvents() {}

    /**
     * Listens.
     *
     * @param streaming a client without a response timeout
     * @param since the engine's own time, in seconds of the epoch; what happened after it is heard, too
     * @throws BackendException if the engine does not begin to tell
     */
    static EngineEvents listen(DockerClient streaming, long since) throws BackendException, InterruptedException {
        EngineEvents events = new EngineEvents();
        streaming
                .eventsCmd()
                .withLabelFilter(ContainerProfile.OWNER)
                .withSince(Long.toString(since))
                .exec(events.subscription);
        boolean listening = false;
        try {
            listening = events.subscription.awaitStarted(START_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot listen to the engine's events", e);
        } finally {
            if (!listening) {
                events.close();
            }
        }
        if (!listening) {
            throw new BackendException("the engine does not tell its events within " + START_SECONDS
                    + " s; look at its log, and run scripts/setup_docker_sandbox.sh --check");
        }
        return events;
    }

    private final class Subscription extends ResultCallback.Adapter<Event> {
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
    }

    private void lose(Throwable failure) {
        if (!closed && lost.isEmpty()) {
            lost = Optional.of(failure);
            leases.values().forEach(lease -> lease.engineLost(failure));
        }
    }

    void add(String containerId, DockerLease lease) throws BackendException {
        leases.put(containerId, lease);
        if (lost.isPresent()) {
            throw EngineFailure.of("the engine has been lost", lost.get());
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
            case "die" -> {
                Map<String, String> attributes = event.getActor().getAttributes();
                String code = attributes == null ? null : attributes.get("exitCode");
                lease.died(code == null ? -1 : Integer.parseInt(code));
            }
            case "destroy" -> lease.destroyed();
            default -> {
                // Of no interest.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            subscription.close();
        } catch (IOException e) {
            LOG.debug("closing the stream of events", e);
        }
    }
}
