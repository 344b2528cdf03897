package io.strategysandbox.core.backend;

import java.util.OptionalLong;

/**
 * How a runner ended.
 *
 * @param exitCode the exit code, 128 + signal if a signal ended it
 * @param oomKilled whether the kernel killed a process of the sandbox for its memory
 * @param processLimitHit whether the sandbox asked for more threads or processes than allowed, as far as the backend
 *     can tell
 * @param peakMemoryBytes the peak of the sandbox's memory, where the backend can tell
 * @param cpuMillis the processor time used, where the backend can tell
 */
public record ExitStatus(
        int exitCode,
        boolean oomKilled,
        boolean processLimitHit,
        OptionalLong peakMemoryBytes,
        OptionalLong cpuMillis) {}
