package io.strategysandbox.core.backend;

import java.util.OptionalLong;

/**
 * What a runner has used so far, counted by the kernel, not by the runner.
 *
 * @param peakMemoryBytes the peak of its memory, where the backend can tell
 * @param cpuMillis the processor time used, where the backend can tell
 * @param processLimitHit whether it asked for more threads or processes than allowed, as far as the backend can tell
 */
public record ResourceUsage(OptionalLong peakMemoryBytes, OptionalLong cpuMillis, boolean processLimitHit) {

    /** Nothing is known. */
    public static final ResourceUsage UNKNOWN = new ResourceUsage(OptionalLong.empty(), OptionalLong.empty(), false);
}
