package io.strategysandbox.core.verdict;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a run used.
 *
 * @param peakMemoryBytes the peak of the sandbox's memory, where the backend can tell
 * @param cpuMillis the processor time used, where the backend can tell
 * @param oomKilled whether the kernel killed a process of the sandbox for its memory
 * @param exitCode the runner's exit code, if it ended
 */
public record Resources(OptionalLong peakMemoryBytes, OptionalLong cpuMillis, boolean oomKilled, OptionalInt exitCode) {

    /** What is known about a strategy that never got a lease. */
    public static final Resources NONE =
            new Resources(OptionalLong.empty(), OptionalLong.empty(), false, OptionalInt.empty());
}
