package io.strategysandbox.core.backend;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * The claim on one runner for one strategy. The streams are the runner's own: whatever reads them must read both to
 * their end, or kill. All methods may be called from any thread.
 */
public interface Lease extends AutoCloseable {

    /** {@return the lease's id, unique on this machine} */
    String id();

    /** {@return the container id or process id} */
    String instance();

    /**
     * What the backend itself says about the runner, as seen when it was started.
     *
     * @return a JSON object in the backend's own words; empty if it has none
     */
    default Optional<String> inspection() {
        return Optional.empty();
    }

    /** {@return the stream to the runner's standard input; each flush reaches the runner} */
    OutputStream stdin();

    /** {@return the runner's standard output, ending when the runner ends or is killed} */
    InputStream stdout();

    /** {@return the runner's standard error, ending when the runner ends or is killed} */
    InputStream stderr();

    /** Kills the runner, without asking. Returns soon; does nothing if the runner has ended. Never throws. */
    void kill();

    /** {@return what the runner has used so far; unknown once it has ended} Never throws. */
    ResourceUsage usage();

    /**
     * Waits for the runner's end.
     *
     * @param timeout the longest to wait
     * @return how it ended; empty if it has not ended by then
     * @throws BackendException if the backend cannot tell
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<ExitStatus> awaitExit(Duration timeout) throws BackendException, InterruptedException;

    /**
     * Destroys the runner and all that belongs to it. May be called several times.
     *
     * @throws BackendException if something is left, naming it
     */
    @Override
    void close() throws BackendException;
}
