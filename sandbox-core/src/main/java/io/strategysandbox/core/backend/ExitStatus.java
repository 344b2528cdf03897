package io.strategysandbox.core.backend;

import java.util.Optional;

/**
 * How a runner ended.
 *
 * @param exitCode the exit code, 128 + signal if a signal ended it
 * @param oomKilled whether the kernel killed a process of the sandbox for its memory
 * @param outside what somebody else did to it, neither this host nor anything inside the sandbox; empty if nobody did
 */
public record ExitStatus(int exitCode, boolean oomKilled, Optional<String> outside) {}
