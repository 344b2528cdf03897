package io.strategysandbox.core.verdict;

import java.util.List;

/**
 * What a verdict about a run rests on. Times, resource figures and the exit code are kept elsewhere, so that two runs
 * of a well-behaved strategy leave the same evidence but for the ids.
 *
 * @param leaseId the lease; empty if the strategy never got one
 * @param instance the container id or the process id; empty if there was none
 * @param deadlineExceeded whether the host killed it at its deadline
 * @param outputLimitExceeded whether the host killed it for printing too much
 * @param lastFrame the last frame the host could authenticate, such as {@code DONE}; empty if there was none
 * @param decisions the number of decisions received
 * @param outputBytes what the strategy printed, in bytes
 * @param outputDroppedBytes how much of that lies between head and tail and was not kept, in bytes
 * @param outputHead the first part of what the strategy printed
 * @param outputTail the last part of what the strategy printed, if it did not fit into the head
 * @param runnerErrors what the runner's JVM wrote to standard error, the last part
 * @param notes anything else that decided, in words
 */
public record Evidence(
        String leaseId,
        String instance,
        boolean deadlineExceeded,
        boolean outputLimitExceeded,
        String lastFrame,
        int decisions,
        long outputBytes,
        long outputDroppedBytes,
        String outputHead,
        String outputTail,
        String runnerErrors,
        List<String> notes) {

    /** What is known about a strategy that never got a lease. */
    public static final Evidence NONE = new Evidence("", "", false, false, "", 0, 0, 0, "", "", "", List.of());

    /** Copies the list. */
    public Evidence {
        notes = List.copyOf(notes);
    }
}
