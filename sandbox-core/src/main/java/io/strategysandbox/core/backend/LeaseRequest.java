package io.strategysandbox.core.backend;

import java.time.Duration;

/**
 * What a lease is for.
 *
 * @param strategy the strategy's name, for labels and messages
 * @param deadline the longest that the runner may live, from its start
 */
public record LeaseRequest(String strategy, Duration deadline) {

    /** {@return the deadline in seconds, rounded up, as the runner's main class takes it} */
    public String deadlineArgument() {
        return Long.toString(deadline.plusMillis(999).toSeconds());
    }
}
