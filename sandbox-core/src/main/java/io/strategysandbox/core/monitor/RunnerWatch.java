package io.strategysandbox.core.monitor;

import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.ExitStatus;
import io.strategysandbox.core.backend.ForwardingLease;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.ResourceUsage;
import io.strategysandbox.core.backend.RunnerStartException;
import io.strategysandbox.core.monitor.RunnerTrace.Event;
import io.strategysandbox.core.monitor.RunnerTrace.What;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Sees one runner from the request to its removal. Thread-safe. */
public final class RunnerWatch {

    /** Where a runner is in its life, as far as somebody has to care for it. */
    enum State {
        /** Asked for, and not yet heard. */
        STARTING,
        /** It has spoken. */
        RUNNING,
        /** It has ended or was killed, and is not yet removed. */
        ENDED,
        /** Nothing of it is there. */
        GONE
    }

    private final Backend backend;
    private final LeaseRequest request;
    private final Meters meters;
    private final Consumer<RunnerWatch> gone;
    private final long requestedNanos = System.nanoTime();
    private final List<Event> events = new ArrayList<>();
    private Optional<Lease> lease = Optional.empty();
    private Optional<String> inspection = Optional.empty();
    private State state = State.STARTING;
    private OptionalLong peakMemory = OptionalLong.empty();
    private OptionalLong cpu = OptionalLong.empty();
    private boolean processLimitHit;
    private OptionalDouble peakProcessors = OptionalDouble.empty();
    private long lookedNanos;

    RunnerWatch(Backend backend, LeaseRequest request, Meters meters, Consumer<RunnerWatch> gone) {
        this.backend = backend;
        this.request = request;
        this.meters = meters;
        this.gone = gone;
        happened(What.REQUESTED);
    }

    /**
     * Takes the lease; to be called once.
     *
     * @return the lease, which is watched until it is closed
     * @throws BackendException as {@link Backend#lease}
     * @throws InterruptedException as {@link Backend#lease}
     */
    public Lease lease() throws BackendException, InterruptedException {
        Optional<Lease> taken = Optional.empty();
        try {
            Lease started = backend.lease(request);
            taken = Optional.of(started);
            started(started);
            return new Watched(started);
        } catch (RunnerStartException e) {
            seen(e.inspection());
            throw e;
        } finally {
            if (taken.isEmpty()) {
                notStarted();
            }
        }
    }

    private synchronized void started(Lease started) {
        lease = Optional.of(started);
        inspection = started.inspection();
        meters.started(happened(What.STARTED));
    }

    private synchronized void seen(Optional<String> found) {
        inspection = found;
    }

    private synchronized void notStarted() {
        happened(What.START_FAILED);
        meters.startFailed();
        leave();
    }

    private synchronized void leave() {
        state = State.GONE;
        gone.accept(this);
    }

    private synchronized Duration happened(What what) {
        Event event = new Event(what, Instant.now(), System.nanoTime() - requestedNanos);
        events.add(event);
        return Duration.ofNanos(event.sinceRequestNanos());
    }

    private synchronized boolean has(What what) {
        return events.stream().anyMatch(event -> event.what() == what);
    }

    synchronized State state() {
        return state;
    }

    /** Looks at what the runner has used so far. */
    void look() {
        Optional<Lease> current;
        synchronized (this) {
            current = state == State.GONE ? Optional.empty() : lease;
        }
        current.ifPresent(some -> note(some.usage()));
    }

    private synchronized ResourceUsage note(ResourceUsage now) {
        long nanos = System.nanoTime();
        if (now.cpuMillis().isPresent()) {
            long used = now.cpuMillis().getAsLong();
            double seconds = (nanos - lookedNanos) / 1e9;
            if (cpu.isPresent() && seconds >= ContainerMonitor.LOOK_INTERVAL.toMillis() / 2e3) {
                peakProcessors = OptionalDouble.of(
                        Math.max(peakProcessors.orElse(0), Math.max(0, used - cpu.getAsLong()) / 1e3 / seconds));
                lookedNanos = nanos;
            } else if (cpu.isEmpty()) {
                lookedNanos = nanos;
            }
        }
        peakMemory = max(peakMemory, now.peakMemoryBytes());
        cpu = max(cpu, now.cpuMillis());
        processLimitHit |= now.processLimitHit();
        return new ResourceUsage(peakMemory, cpu, now.processLimitHit());
    }

    private static OptionalLong max(OptionalLong a, OptionalLong b) {
        return a.isEmpty() || b.isPresent() && b.getAsLong() > a.getAsLong() ? b : a;
    }

    /** {@return what was seen so far} */
    public synchronized RunnerTrace trace() {
        return new RunnerTrace(inspection, events, new ResourceUsage(peakMemory, cpu, processLimitHit), peakProcessors);
    }

    private synchronized void ready() {
        if (!has(What.READY)) {
            meters.ready(happened(What.READY));
            if (state == State.STARTING) {
                state = State.RUNNING;
            }
        }
    }

    private synchronized void killing() {
        if (!has(What.KILLED) && !has(What.ENDED)) {
            happened(What.KILLED);
            meters.killed();
            state = State.ENDED;
        }
    }

    private synchronized void ended(ExitStatus status) {
        if (!has(What.ENDED)) {
            happened(What.ENDED);
            state = State.ENDED;
            if (status.oomKilled()) {
                meters.outOfMemory();
            }
        }
    }

    private void removed() {
        RunnerTrace last;
        synchronized (this) {
            if (state == State.GONE) {
                return;
            }
            happened(What.REMOVED);
            leave();
            last = trace();
        }
        // Without the lock: whoever reads the meters asks for the state.
        meters.used(request.strategy(), last);
    }

    private synchronized void notRemoved() {
        happened(What.REMOVAL_FAILED);
        state = State.ENDED;
        meters.removalFailed();
    }

    /** The lease itself, with an eye on it. */
    private final class Watched extends ForwardingLease {

        private final InputStream stdout;

        Watched(Lease watched) {
            super(watched);
            this.stdout = new FirstWord(watched.stdout());
        }

        @Override
        public InputStream stdout() {
            return stdout;
        }

        @Override
        public void kill() {
            killing();
            super.kill();
        }

        /** Also what was seen earlier: what a runner used is nowhere to be read once it has ended. */
        @Override
        public ResourceUsage usage() {
            return note(super.usage());
        }

        @Override
        public Optional<ExitStatus> awaitExit(Duration timeout) throws BackendException, InterruptedException {
            Optional<ExitStatus> exit = super.awaitExit(timeout);
            exit.ifPresent(RunnerWatch.this::ended);
            return exit;
        }

        @Override
        public void close() throws BackendException {
            boolean closed = false;
            try {
                super.close();
                closed = true;
            } finally {
                if (closed) {
                    removed();
                } else {
                    notRemoved();
                }
            }
        }
    }

    /** Notices the first byte. */
    private final class FirstWord extends FilterInputStream {

        private boolean heard;

        FirstWord(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            hear(value >= 0);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            hear(count > 0);
            return count;
        }

        private void hear(boolean something) {
            if (something && !heard) {
                heard = true;
                ready();
            }
        }
    }
}
