package io.strategysandbox.core.backend.docker;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How long an engine that does not answer is waited for: once, not once for each of the requests that end a run. Whoever
 * asks while it is known to be silent fails at once.
 */
final class Silence {

    /** Long enough for the requests that follow one another when something ends, short enough to ask again. */
    private static final Duration LASTS = Duration.ofSeconds(5);

    /** A request that was not answered in time. */
    private record Unanswered(RuntimeException failure, long until) {}

    private volatile Optional<Unanswered> last = Optional.empty();

    /**
     * Asks the engine something.
     *
     * @param request the request
     * @return the answer
     * @throws RuntimeException what the client threw, or had thrown a moment ago because no answer came in time
     */
    <T> T ask(Supplier<T> request) {
        Optional<RuntimeException> silent = noticed();
        if (silent.isPresent()) {
            throw new IllegalStateException("the engine does not answer", silent.get());
        }
        try {
            return request.get();
        } catch (RuntimeException e) {
            if (isTimeout(e)) {
                last = Optional.of(new Unanswered(e, System.nanoTime() + LASTS.toNanos()));
            }
            throw e;
        }
    }

    /** The engine may be asked again: once more it is waited for. */
    void forget() {
        last = Optional.empty();
    }

    /** {@return why the engine is taken to be silent; empty if it is not} */
    Optional<RuntimeException> noticed() {
        return last.filter(unanswered -> System.nanoTime() - unanswered.until() < 0)
                .map(Unanswered::failure);
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedIOException) {
                return true;
            }
        }
        return false;
    }
}
