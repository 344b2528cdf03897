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
    private final Set<Backtested> backtests;

    SandboxScope(Sandbox sandbox, LeaseTracker tracker, Set<Backtested> backtests) {
        this.sandbox = sandbox;
        this.tracker = tracker;
        this.backtests = backtests;
    }

    static Set<Backtested> noBacktests() {
        return ConcurrentHashMap.newKeySet();
    }

    /**
     * A strategy that was taken the way, and on what.
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

    /** {@return the runners that were leased through here and are still there} */
    public List<OpenLease> open() {
        return tracker.open();
    }

    /** {@return the strategies that were taken the way in here, in no order} */
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
