package io.strategysandbox.core.backend;

import io.strategysandbox.protocol.RunnerMessage.Failed;
import java.util.Optional;

/**
 * What a host saw of a run, once it is over.
 *
 * @param ready whether the runner ever said that it stands ready
 * @param violation what was wrong with the runner's messages, if anything
 * @param outputExceeded whether more was printed than allowed, by the host's count
 * @param deadlineExceeded whether the deadline passed before the last message came
 * @param failed the runner's own account of a failure, if there was one
 * @param done whether the runner said that it is done and a decision for every bar came before
 * @param jvmOutOfMemory whether the JVM said that it ends for lack of memory
 * @param threadRefused whether the JVM said that it got no thread
 * @param exit how the process ended; empty if the backend could not tell in time
 * @param usage what the runner had used when the host had its last word, or decided to kill it
 * @param killed whether the host killed it
 * @param runnerErrors the end of standard error
 */
record Observations(
        boolean ready,
        Optional<String> violation,
        boolean outputExceeded,
        boolean deadlineExceeded,
        Optional<Failed> failed,
        boolean done,
        boolean jvmOutOfMemory,
        boolean threadRefused,
        Optional<ExitStatus> exit,
        ResourceUsage usage,
        boolean killed,
        String runnerErrors) {}
