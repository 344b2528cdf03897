package io.strategysandbox.core;

import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.LeaseTracker;
import io.strategysandbox.core.backend.LeaseTracker.OpenLease;
import io.strategysandbox.core.market.Bars;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A part of a sandbox that accounts for its own runners: one user of many, such as one test. It shares the engine, the
 * image and the compiler with the sandbox it comes from. Thread-safe.
 */
public final class SandboxScope implements AutoCloseable {

    private final Sandbox sandbox;
    private final LeaseTracker tracker;
    private final Set<Backtested> backtests = ConcurrentHashMap.newKeySet();

    SandboxScope(Sandbox whole, Backend backend) {
        this.tracker = new LeaseTracker(backend);
        this.sandbox = new Sandbox(whole, tracker, new Account());
    }

    /** Hears what is done in here. */
    private final class Account implements Sandbox.Account {
        @Override
        public Runnable begin(String strategy) {
            return tracker.begin(strategy);
        }

        @Override
        public void completed(Path directory, Bars bars) {
            backtests.add(new Backtested(directory, bars));
        }
    }

    /**
     * A strategy that ran to its last bar, and on what.
     *
     * @param directory the strategy directory
     * @param bars the bars; compared by identity
     */
    public record Backtested(Path directory, Bars bars) {}

    /** {@return the sandbox; closing it is closing this} */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** {@return where the runners live, to lease one directly; what is not closed is in {@link #open()}} */
    public Backend backend() {
        return tracker;
    }

    /** {@return the runners that were leased through here and are still there, and what goes on in here} */
    public List<OpenLease> open() {
        return tracker.open();
    }

    /**
     * Leases no more, so that what is open now is all that there will be.
     *
     * @return the runners that were leased through here and are still there, and what goes on in here
     */
    public List<OpenLease> stop() {
        tracker.refuseMore();
        return tracker.open();
    }

    /** {@return the strategies that ran to their last bar in here, in no order} */
    public List<Backtested> backtests() {
        return List.copyOf(backtests);
    }

    /**
     * Destroys every runner that was leased through here and is still there, and leases no more.
     *
     * @throws BackendException if something is left, naming it
     */
    @Override
    public void close() throws BackendException {
        sandbox.close();
    }
}
