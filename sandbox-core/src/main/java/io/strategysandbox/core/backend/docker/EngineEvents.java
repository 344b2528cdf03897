package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hears what happens to our containers. With automatic removal a container may be gone before anybody can look at it, so
 * that its end is only known from the engine's events: {@code oom}, {@code die} with the exit code, {@code destroy}.
 */
final class EngineEvents implements AutoCloseable {

    private final Map<String, DockerLease> leases = new ConcurrentHashMap<>();
    private final ResultCallback.Adapter<Event> subscription;

    EngineEvents(DockerClient streaming) {
        subscription = streaming
                .eventsCmd()
                .withLabelFilter(ContainerProfile.OWNER)
                .exec(new ResultCallback.Adapter<Event>() {
                    @Override
                    public void onNext(Event event) {
                        hear(event);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        leases.values().forEach(lease -> lease.engineLost(failure));
                    }
                });
    }

    void add(String containerId, DockerLease lease) {
        leases.put(containerId, lease);
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
    public void close() throws IOException {
        subscription.close();
    }
}
