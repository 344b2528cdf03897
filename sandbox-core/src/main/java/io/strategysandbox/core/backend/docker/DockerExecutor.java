package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunnerStartException;
import io.strategysandbox.core.backend.Sweep;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.DockerConfig.Engine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runners in hardened containers of a Docker engine, one container for each lease. Thread-safe. */
public final class DockerExecutor implements Backend {

    private static final Logger LOG = LoggerFactory.getLogger(DockerExecutor.class);

    private static final long ATTACH_SECONDS = 30;

    private final EngineConnection connection;
    private final DockerClient control;
    private final DockerClient streaming;
    private final ContainerProfile profile;
    private final Owner owner;
    private final Optional<Janitor> janitor;
    private final RunnerImage.Ready image;
    private final EngineEvents events;
    private final Clock clock;
    private final Map<String, String> facts;
    private final Sweep swept;
    private final Silence silence = new Silence();
    private final Set<DockerLease> leases = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    private DockerExecutor(
            EngineConnection connection,
            EngineEvents events,
            Owner owner,
            Optional<Janitor> janitor,
            Clock clock,
            ContainerProfile profile,
            RunnerImage.Ready image,
            Sweep swept) {
        this.connection = connection;
        this.control = connection.control();
        this.streaming = connection.streaming();
        this.owner = owner;
        this.janitor = janitor;
        this.clock = clock;
        this.profile = profile;
        this.image = image;
        this.events = events;
        this.swept = swept;
        this.facts = connection.facts();
        facts.put("image", image.reference());
    }

    /**
     * Connects to the engine and makes the runner's image ready, which builds it where there is none yet.
     *
     * @param config the engine, the image and the profile
     * @param progress told, in a few words, when something takes time
     * @return the backend; the caller must close it
     * @throws BackendException if no engine can be used, or the image cannot be built; says why and one fix
     * @throws InterruptedException if the thread was interrupted
     */
    public static DockerExecutor open(DockerConfig config, Consumer<String> progress)
            throws BackendException, InterruptedException {
        ContainerProfile profile = ContainerProfile.of(config);
        Owner owner = owner();
        EngineConnection connection = EngineConnection.to(config.engine());
        Optional<Janitor> janitor = janitor(config.engine(), owner);
        boolean ready = false;
        try {
            Instant now = connection.now();
            Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now));
            Sweep swept = new OrphanSweep(connection.control(), now, progress).run();
            RunnerImage.Ready image =
                    RunnerImage.ensure(connection.control(), connection.streaming(), owner, config, progress);
            EngineEvents events = EngineEvents.listen(connection.streaming(), now.getEpochSecond());
            ready = true;
            return new DockerExecutor(connection, events, owner, janitor, clock, profile, image, swept);
        } finally {
            if (!ready) {
                connection.close();
                janitor.ifPresent(Janitor::close);
            }
        }
    }

    private static Optional<Janitor> janitor(Engine engine, Owner owner) {
        try {
            return Optional.of(Janitor.start(engine, owner));
        } catch (IOException e) {
            LOG.warn(
                    "if this process is killed, a container that it has just created may stay until the next build:"
                            + " no process can be started to remove it: {}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Why no engine can be used.
     *
     * @param config how the engine is reached
     * @return the root cause and one fix; empty if an engine answers
     */
    public static Optional<String> unavailableReason(DockerConfig config) {
        try {
            EngineConnection.to(config.engine()).close();
            return Optional.empty();
        } catch (BackendException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Finds out about the engine, and changes nothing.
     *
     * @param config how the engine is reached, and what the runner image is made of
     * @return what was found, also if there is no engine
     * @throws InterruptedException if the thread was interrupted
     */
    public static EngineFacts examine(DockerConfig config) throws InterruptedException {
        String source = EngineExamination.source(config.engine(), System.getenv());
        Optional<String> javaProblem = EngineExamination.javaProblem();
        String address = "an unknown place";
        try {
            address = EngineConnection.where(config.engine());
            EngineConnection connection = EngineConnection.to(config.engine());
            try {
                EngineFacts.Engine engine = new EngineExamination(config, connection.version(), connection.info())
                        .facts(
                                connection.api().getVersion(),
                                address,
                                new OrphanSweep(connection.control(), connection.now(), found -> {}),
                                new EngineImages(connection.control(), connection.streaming()));
                return new EngineFacts(address, source, Optional.empty(), javaProblem, Optional.of(engine));
            } finally {
                connection.close();
            }
        } catch (BackendException e) {
            return new EngineFacts(
                    address, source, Optional.of(String.valueOf(e.getMessage())), javaProblem, Optional.empty());
        }
    }

    /**
     * Removes what owners that are gone have left at the engine.
     *
     * @param config how the engine is reached, and what our images are called
     * @param images whether runner images are removed, too, that neither a container nor this configuration uses
     * @param progress told what was removed
     * @return what was found, and what became of it
     * @throws BackendException if no engine can be used
     * @throws InterruptedException if the thread was interrupted
     */
    public static Sweep sweep(DockerConfig config, boolean images, Consumer<String> progress)
            throws BackendException, InterruptedException {
        EngineConnection connection = EngineConnection.to(config.engine());
        try {
            DockerClient control = connection.control();
            Sweep orphans = new OrphanSweep(control, connection.now(), progress).run();
            if (!images) {
                return orphans;
            }
            Optional<String> current =
                    RunnerImage.reference(new EngineImages(control, connection.streaming()), owner(), config);
            return orphans.and(
                    new UnusedImages(control, progress).remove(config.image().repository(), current.orElse("")));
        } finally {
            connection.close();
        }
    }

    private static Owner owner() throws BackendException {
        try {
            return Owner.self();
        } catch (IOException e) {
            throw new BackendException(
                    "cannot tell containers of this process from those of others: " + e.getMessage()
                            + "; run on Linux (WSL 2 is one) with /proc mounted, or use the local backend",
                    e);
        }
    }

    @Override
    public Isolation isolation() {
        return Isolation.DOCKER;
    }

    @Override
    public List<String> notEnforced() {
        return List.of();
    }

    @Override
    public Map<String, String> facts() {
        return new LinkedHashMap<>(facts);
    }

    @Override
    public Sweep swept() {
        return swept;
    }

    @Override
    public Lease lease(LeaseRequest request) throws BackendException, InterruptedException {
        String id = owner.id() + "-" + UUID.randomUUID();
        String container = create(id, request);
        DockerLease lease = new DockerLease(id, container, control, silence, this::forget);
        leases.add(lease);
        try {
            start(lease, request);
            return lease;
        } catch (BackendException e) {
            RunnerStartException failure = new RunnerStartException(e, lease.inspection());
            closeAfter(failure, lease);
            throw failure;
        } catch (InterruptedException | RuntimeException | Error e) {
            closeAfter(e, lease);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, DockerLease lease) {
        try {
            lease.close();
        } catch (BackendException left) {
            failure.addSuppressed(left);
        }
    }

    private void start(DockerLease lease, LeaseRequest request) throws BackendException, InterruptedException {
        String container = lease.instance();
        events.add(container, lease);
        if (closed) {
            throw new BackendException("the backend has been closed");
        }
        try {
            streaming
                    .attachContainerCmd(container)
                    .withStdIn(lease.stdinSource())
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(lease.attachment());
            if (!lease.attachment().awaitStarted(ATTACH_SECONDS, TimeUnit.SECONDS)) {
                throw new BackendException("the engine did not attach to the container " + container + " within "
                        + ATTACH_SECONDS + " s; look at the engine's log");
            }
            // A runner may be gone before it can be looked at: then this is all that was ever seen of it.
            lease.inspected(control.inspectContainerCmd(container).exec());
            control.startContainerCmd(container).exec();
            InspectContainerResponse found =
                    control.inspectContainerCmd(container).exec();
            lease.inspected(found);
            Long pid = found.getState().getPidLong();
            Optional<ControlGroups> groups =
                    pid == null || pid <= 0 ? Optional.empty() : ControlGroups.of(pid, container);
            profile.verify(found, groups, request.deadline());
            lease.canBeSeenIn(groups);
        } catch (NotFoundException e) {
            throw new BackendException(
                    "the runner for " + request.strategy() + " ended as soon as it was started" + lease.lastWords(), e);
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot start a container for " + request.strategy(), e);
        }
    }

    private String create(String id, LeaseRequest request) throws BackendException {
        try (CreateContainerCmd create = control.createContainerCmd(image.reference())) {
            profile.apply(create, id, request, clock.instant());
            CreateContainerResponse created = create.withName("strategy-sandbox-" + id)
                    .withCmd(image.command(request))
                    .exec();
            for (String warning : created.getWarnings() == null ? new String[0] : created.getWarnings()) {
                LOG.warn("the engine says of the container for {}: {}", request.strategy(), warning);
            }
            return created.getId();
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot create a container for " + request.strategy(), e);
        }
    }

    private void forget(DockerLease lease) {
        events.remove(lease.instance());
        leases.remove(lease);
    }

    @Override
    public void close() throws BackendException {
        closed = true;
        silence.forget();
        BackendException failure = null;
        for (DockerLease lease : leases) {
            try {
                lease.close();
            } catch (BackendException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        events.close();
        connection.close();
        janitor.ifPresent(Janitor::close);
        if (failure != null) {
            throw failure;
        }
    }
}
