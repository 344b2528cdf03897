package io.strategysandbox.core.backend;

import java.util.List;
import java.util.Map;

/** Where runners live. Thread-safe: leases may be taken from several threads at once. */
public interface Backend extends AutoCloseable {

    /** {@return what separates a strategy from this machine} */
    Isolation isolation();

    /**
     * What of the limits this backend does not enforce.
     *
     * @return one phrase each, such as {@code network}; empty if all are enforced
     */
    List<String> notEnforced();

    /** {@return facts about the backend for the report, sorted as they should be read, such as engine and image} */
    Map<String, String> facts();

    /** {@return what owners that are gone had left, as found and removed when this backend was opened} */
    default Sweep swept() {
        return Sweep.NONE;
    }

    /**
     * Starts one runner for one strategy. It has been started when this returns, and waits for its job.
     *
     * @param request what it is for
     * @return the claim on the runner; the caller must close it
     * @throws BackendException if the backend could not start one; the message says why and one fix, and nothing is
     *     left behind
     * @throws InterruptedException if the thread was interrupted; nothing is left behind
     */
    Lease lease(LeaseRequest request) throws BackendException, InterruptedException;

    /**
     * Destroys every runner that is still there.
     *
     * @throws BackendException if something is left, naming it
     */
    @Override
    void close() throws BackendException;
}
