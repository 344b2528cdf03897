package io.strategysandbox.core.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Another backend, with an account of what was leased through here: which runners, for what, by which code. Closing it
 * destroys those, and leaves the other backend and whatever else was leased from it as they are. Thread-safe.
 */
public final class LeaseTracker implements Backend {

    /** How long a runner that is being started when this is closed may take until it is there and can be destroyed. */
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final Backend backend;
    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
    private final Set<Work> works = ConcurrentHashMap.newKeySet();

    /** Guards the end of starts. */
    private final Object starts = new Object();

    private volatile boolean closed;

    /**
     * An empty account.
     *
     * @param backend where the runners live; stays its owner's to close
     */
    public LeaseTracker(Backend backend) {
        this.backend = backend;
    }

    /** One lease, from the moment it was asked for. */
    private static final class Entry {
        private final LeaseRequest request;
        private final Throwable origin;
        private final Thread thread = Thread.currentThread();
        private volatile Optional<Lease> lease = Optional.empty();

        Entry(LeaseRequest request) {
            this.request = request;
            this.origin = new Throwable("leased for " + request.strategy() + " by thread " + thread.getName());
        }
    }

    /** What leads to a lease sooner or later. */
    private record Work(String strategy, Thread thread, Throwable origin) {}

    /**
     * Enters something that leads to a lease in this thread.
     *
     * @param strategy what it is about
     * @return to be run when it is over
     */
    public Runnable begin(String strategy) {
        Thread thread = Thread.currentThread();
        Work work =
                new Work(strategy, thread, new Throwable("begun for " + strategy + " by thread " + thread.getName()));
        works.add(work);
        return () -> works.remove(work);
    }

    /**
     * A lease that was not closed, or work that leads to one.
     *
     * @param id the lease's id; empty before its runner is there
     * @param instance the container id or process id; empty before its runner is there
     * @param strategy what it was leased for
     * @param state {@code under way} (before a runner is asked for, or after it is gone), {@code starting}, {@code running} or
     *     {@code ended with exit code N}
     * @param thread the name of the thread that leased it
     * @param origin where it was leased, or the work begun: a stack trace, not an error
     */
    public record OpenLease(
            Optional<String> id,
            Optional<String> instance,
            String strategy,
            String state,
            String thread,
            Throwable origin) {}

    /** {@return what was leased here and is not closed, what is being started, and work that has no lease now} */
    public List<OpenLease> open() {
        List<Entry> leased = List.copyOf(entries);
        Stream<OpenLease> working = works.stream()
                .filter(work -> leased.stream().noneMatch(entry -> entry.thread.equals(work.thread)))
                .map(work -> new OpenLease(
                        Optional.empty(),
                        Optional.empty(),
                        work.strategy,
                        "under way",
                        work.thread.getName(),
                        work.origin));
        return Stream.concat(leased.stream().map(LeaseTracker::describe), working)
                .toList();
    }

    /** From now on nothing is leased here; what is leased already stays. */
    public void refuseMore() {
        closed = true;
    }

    private static OpenLease describe(Entry entry) {
        Optional<Lease> lease = entry.lease;
        return new OpenLease(
                lease.map(Lease::id),
                lease.map(Lease::instance),
                entry.request.strategy(),
                lease.map(LeaseTracker::state).orElse("starting"),
                entry.thread.getName(),
                entry.origin);
    }

    private static String state(Lease lease) {
        try {
            return lease.awaitExit(Duration.ofMillis(1))
                    .map(status -> "ended with exit code " + status.exitCode())
                    .orElse("running");
        } catch (BackendException e) {
            return "unknown (" + e.getMessage() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown (interrupted)";
        }
    }

    @Override
    public Lease lease(LeaseRequest request) throws BackendException, InterruptedException {
        Entry entry = new Entry(request);
        entries.add(entry);
        boolean leased = false;
        try {
            refuseIfClosed(request);
            Tracked lease = new Tracked(backend.lease(request), entry);
            synchronized (starts) {
                entry.lease = Optional.of(lease);
                starts.notifyAll();
            }
            leased = true;
            if (closed) {
                lease.close();
            }
            refuseIfClosed(request);
            return lease;
        } finally {
            if (!leased) {
                forget(entry);
            }
        }
    }

    private void refuseIfClosed(LeaseRequest request) throws BackendException {
        if (closed) {
            throw new BackendException("no runner is leased for " + request.strategy()
                    + ": this sandbox is closed; finish what uses it before it is closed");
        }
    }

    private void forget(Entry entry) {
        synchronized (starts) {
            entries.remove(entry);
            starts.notifyAll();
        }
    }

    @Override
    public Isolation isolation() {
        return backend.isolation();
    }

    @Override
    public List<String> notEnforced() {
        return backend.notEnforced();
    }

    @Override
    public Map<String, String> facts() {
        return backend.facts();
    }

    /**
     * Destroys every runner that was leased here and is still there, and leases no more.
     *
     * @throws BackendException if something is left, naming it
     */
    @Override
    public void close() throws BackendException {
        closed = true;
        awaitStarts();
        List<BackendException> failures = new ArrayList<>();
        for (Entry entry : entries) {
            Optional<Lease> lease = entry.lease;
            try {
                if (lease.isPresent()) {
                    lease.get().close();
                } else {
                    failures.add(new BackendException("a runner for " + entry.request.strategy()
                            + " was still being started after " + LONGEST_START.toSeconds()
                            + " s; it is removed when it is there"));
                }
            } catch (BackendException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            BackendException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private void awaitStarts() {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        boolean interrupted = false;
        synchronized (starts) {
            while (entries.stream().anyMatch(entry -> entry.lease.isEmpty())) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                try {
                    starts.wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A lease that is forgotten when it is closed, and only then. */
    private final class Tracked extends ForwardingLease {
        private final Entry entry;

        Tracked(Lease lease, Entry entry) {
            super(lease);
            this.entry = entry;
        }

        @Override
        public void close() throws BackendException {
            super.close();
            forget(entry);
        }
    }
}
