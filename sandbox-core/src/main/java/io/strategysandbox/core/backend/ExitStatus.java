package io.strategysandbox.core.backend;

/**
 * How a runner ended.
 *
 * @param exitCode the exit code, 128 + signal if a signal ended it
 * @param oomKilled whether the kernel killed a process of the sandbox for its memory
 */
public record ExitStatus(int exitCode, boolean oomKilled) {}
