package io.strategysandbox.core.backend.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.CleanText;
import io.strategysandbox.core.backend.ExitStatus;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.ResourceUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One container, from its creation to its removal. */
final class DockerLease implements Lease {

    private static final Logger LOG = LoggerFactory.getLogger(DockerLease.class);

    private static final int PIPE_BYTES = 256 * 1024;
    private static final int LAST_WORDS_BYTES = 2000;
    private static final long REMOVAL_SECONDS = 20;
    private static final Duration AFTERMATH = Duration.ofSeconds(3);

    private final String id;
    private final String container;
    private final DockerClient control;
    private final Silence silence;
    private final Consumer<DockerLease> forget;
    private final BoundedPipe stdin = new BoundedPipe(PIPE_BYTES);
    private final BoundedPipe stdout = new BoundedPipe(PIPE_BYTES);
    private final BoundedPipe stderr = new BoundedPipe(PIPE_BYTES);
    private final ResultCallback.Adapter<Frame> attachment = new Attachment();
    private final OutsideHand outside = new OutsideHand();
    private final CountDownLatch died = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile Optional<InspectContainerResponse> inspected = Optional.empty();
    private volatile Optional<ControlGroups> groups = Optional.empty();
    private volatile Optional<Throwable> lost = Optional.empty();
    private volatile boolean oom;
    private volatile int exitCode = -1;
    private volatile boolean closed;

    DockerLease(String id, String container, DockerClient control, Silence silence, Consumer<DockerLease> forget) {
        this.id = id;
        this.container = container;
        this.control = control;
        this.silence = silence;
        this.forget = forget;
    }

    /** Copies what the engine sends into the pipes; a full pipe makes the engine wait. */
    private final class Attachment extends ResultCallback.Adapter<Frame> {
        @Override
        public void onNext(Frame frame) {
            BoundedPipe pipe = frame.getStreamType() == StreamType.STDERR ? stderr : stdout;
            byte[] payload = frame.getPayload();
            try {
                pipe.write(payload, 0, payload.length);
            } catch (IOException e) {
                LOG.debug("the output of {} is no longer read", container, e);
                pipe.abandon();
            }
        }

        @Override
        public void onComplete() {
            super.onComplete();
            endOutput();
        }

        @Override
        public void onError(Throwable failure) {
            super.onError(failure);
            endOutput();
        }
    }

    private void endOutput() {
        stdout.end();
        stderr.end();
    }

    ResultCallback.Adapter<Frame> attachment() {
        return attachment;
    }

    InputStream stdinSource() {
        return stdin.source();
    }

    void outOfMemory() {
        oom = true;
    }

    void signalled(String signal) {
        outside.signalled(signal);
    }

    void paused() {
        outside.paused();
    }

    void died(int code) {
        exitCode = code;
        died.countDown();
    }

    void destroyed() {
        gone.countDown();
        died.countDown();
    }

    /** Nobody will ever say how this container ended. */
    void engineLost(Throwable failure) {
        lost = Optional.of(failure);
        endOutput();
        died.countDown();
    }

    void inspected(InspectContainerResponse found) {
        inspected = Optional.of(found);
    }

    void canBeSeenIn(Optional<ControlGroups> found) {
        groups = found;
    }

    /** What a runner that has ended left on standard error, for a message; starts with its exit code. */
    String lastWords() throws InterruptedException {
        boolean over = attachment.awaitCompletion(AFTERMATH.toMillis(), TimeUnit.MILLISECONDS)
                && died.await(AFTERMATH.toMillis(), TimeUnit.MILLISECONDS);
        endOutput();
        String said = "";
        try {
            said = CleanText.line(new String(stderr.source().readNBytes(LAST_WORDS_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("reading the last words of {}", container, e);
        }
        return (over ? ", with exit code " + exitCode : "") + (said.isBlank() ? "" : "; it said: " + said);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String instance() {
        return container;
    }

    @Override
    public Optional<String> inspection() {
        return inspected.map(found -> {
            try {
                return new ObjectMapper().writeValueAsString(found.getRawValues());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("what the engine said could not be written as JSON", e);
            }
        });
    }

    @Override
    public OutputStream stdin() {
        return stdin.sink();
    }

    @Override
    public InputStream stdout() {
        return stdout.source();
    }

    @Override
    public InputStream stderr() {
        return stderr.source();
    }

    @Override
    public void kill() {
        // An engine of the 20.10 series does not kill while its stream is not read: drop the stream first.
        stdin.abandon();
        stdout.abandon();
        stderr.abandon();
        try {
            attachment.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("closing the stream of {}", container, e);
        }
        outside.asking();
        try {
            silence.ask(
                    () -> control.killContainerCmd(container).withSignal("KILL").exec());
        } catch (NotFoundException | ConflictException e) {
            outside.refused();
            LOG.debug("{} has ended already", container, e);
        } catch (RuntimeException e) {
            LOG.warn("cannot kill the container {}; its removal will be tried again", container, e);
        }
    }

    @Override
    public ResourceUsage usage() {
        return groups.map(ControlGroups::usage).orElse(ResourceUsage.UNKNOWN);
    }

    @Override
    public Optional<ExitStatus> awaitExit(Duration timeout) throws BackendException, InterruptedException {
        Optional<RuntimeException> silent = died.getCount() == 0 ? Optional.empty() : silence.noticed();
        if (silent.isPresent()) {
            throw EngineFailure.of("cannot tell how the container " + container + " ended", silent.get());
        }
        if (!died.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        if (lost.isPresent()) {
            throw EngineFailure.of("cannot tell how the container " + container + " ended", lost.get());
        }
        // The engine may report the lack of memory after the end that it caused, but before the removal.
        boolean removed = gone.await(AFTERMATH.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("{} ended with {}, removed: {}", container, exitCode, removed);
        return Optional.of(new ExitStatus(exitCode, oom, outside.found()));
    }

    @Override
    public synchronized void close() throws BackendException {
        if (closed) {
            return;
        }
        kill();
        Optional<RuntimeException> refusal = remove();
        if (!awaitRemoval()) {
            String still = unremoved("is still there " + REMOVAL_SECONDS + " s after its removal was asked for");
            throw refusal.isPresent() ? EngineFailure.of(still, refusal.get()) : new BackendException(still);
        }
        closed = true;
        forget.accept(this);
    }

    /** Asks for the removal, which the engine may have begun by itself; what it said if it refused. */
    private Optional<RuntimeException> remove() throws BackendException {
        outside.asking();
        try {
            silence.ask(() -> control.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
            return Optional.empty();
        } catch (NotFoundException | ConflictException e) {
            LOG.debug("{} is removed by the engine", container, e);
            return Optional.empty();
        } catch (DockerException e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            if (isKnownToBeGone()) {
                return Optional.empty();
            }
            throw EngineFailure.of(unremoved("could not be removed"), e);
        }
    }

    private String unremoved(String what) {
        return "the container " + container + " " + what + " (by hand: docker rm -f " + container + ")";
    }

    private boolean isKnownToBeGone() {
        return gone.getCount() == 0;
    }

    private boolean awaitRemoval() throws BackendException {
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(REMOVAL_SECONDS);
        try {
            boolean removed = isGone();
            while (!removed && System.nanoTime() < deadline) {
                try {
                    gone.await(Math.min(500, (deadline - System.nanoTime()) / 1_000_000), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                removed = isGone();
            }
            return removed;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isGone() throws BackendException {
        if (isKnownToBeGone()) {
            return true;
        }
        try {
            silence.ask(() -> control.inspectContainerCmd(container).exec());
            return false;
        } catch (NotFoundException e) {
            return true;
        } catch (RuntimeException e) {
            throw EngineFailure.of(unremoved("cannot be seen, nor whether it is gone"), e);
        }
    }
}
