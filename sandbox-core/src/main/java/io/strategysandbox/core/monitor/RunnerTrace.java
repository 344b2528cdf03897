package io.strategysandbox.core.monitor;

import io.strategysandbox.core.backend.ResourceUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was seen of one runner.
 *
 * @param inspection what the backend said of it, as JSON; empty if it says nothing
 * @param events what happened to it, oldest first
 * @param usage the most that it was seen to use
 * @param peakProcessors the most processors that it was seen to keep busy between two looks; empty if two looks never were
 *     possible
 */
public record RunnerTrace(
        Optional<String> inspection, List<Event> events, ResourceUsage usage, OptionalDouble peakProcessors) {

    /** Copies the list. */
    public RunnerTrace {
        events = List.copyOf(events);
    }

    /** What can happen to a runner. */
    public enum What {
        /** A strategy asked for it. */
        REQUESTED,
        /** The backend has started it. */
        STARTED,
        /** The backend could not start it. */
        START_FAILED,
        /** It said its first word. */
        READY,
        /** It was killed. */
        KILLED,
        /** It has ended. */
        ENDED,
        /** Nothing of it is left. */
        REMOVED,
        /** Something of it is left. */
        REMOVAL_FAILED
    }

    /**
     * One thing that happened.
     *
     * @param what what
     * @param at when, by this machine's clock
     * @param sinceRequestNanos how long after the request, by a clock that nobody sets
     */
    public record Event(What what, Instant at, long sinceRequestNanos) {}
}
