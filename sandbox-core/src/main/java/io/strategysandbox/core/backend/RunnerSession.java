package io.strategysandbox.core.backend;

import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.verdict.Resources;
import io.strategysandbox.core.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Talks to a runner, whatever backend it lives in: sends the job and the bars, takes decisions, and derives the verdict.
 * Immutable; one session serves any number of runs, at the same time too.
 */
public final class RunnerSession {

    /** How long a runner may take to stand ready, on a machine that has other things to do. */
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

    /** How long a runner may take to end after its last message. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** How long the backend may take to notice an end. */
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(15);

    private final DockerConfig.Feed feed;
    private final DockerConfig.Output output;

    /**
     * A session.
     *
     * @param feed how bars reach a strategy
     * @param output how much a strategy may say
     */
    public RunnerSession(DockerConfig.Feed feed, DockerConfig.Output output) {
        this.feed = feed;
        this.output = output;
    }

    /**
     * Runs a strategy to its end, whatever the end is. The runner has ended or was killed when this returns; the caller
     * still has to close the lease.
     *
     * @param lease a fresh lease, not used before
     * @param job what to run
     * @param bars the bars, each fed only after the runner acknowledged an earlier one
     * @param timeout the longest from the job to the last message
     * @return how it ended; a strategy's fault is a verdict, never an exception
     * @throws BackendException if the backend cannot tell how the runner ended
     * @throws InterruptedException if the thread was interrupted; the runner has been killed
     */
    public RunOutcome run(Lease lease, Job job, Bars bars, Duration timeout)
            throws BackendException, InterruptedException {
        Conversation conversation = new Conversation(lease, job, bars, feed, output);
        try {
            conversation.start();
            boolean killed = conversation.awaitLastMessage(READY_TIMEOUT, timeout);
            ResourceUsage usage = lease.usage();
            Optional<ExitStatus> exit = Optional.empty();
            if (!killed) {
                conversation.dismiss();
                exit = lease.awaitExit(GRACE);
            }
            if (exit.isEmpty()) {
                killed = true;
                lease.kill();
                conversation.dismiss();
                exit = lease.awaitExit(EXIT_TIMEOUT);
            }
            conversation.join();
            return outcome(conversation, new Ending(exit, usage, killed), timeout);
        } finally {
            // Also on interruption: neither the runner nor a thread may outlive the interest in it.
            lease.kill();
            conversation.dismiss();
        }
    }

    /** How a run ended, as the backend saw it. */
    record Ending(Optional<ExitStatus> exit, ResourceUsage usage, boolean killed) {}

    private RunOutcome outcome(Conversation conversation, Ending ending, Duration timeout) {
        Observations seen = conversation.observations(ending);
        Verdict verdict = new VerdictDerivation(timeout, output.limitBytes()).derive(seen);
        Resources resources = new Resources(
                ending.usage().peakMemoryBytes(),
                ending.usage().cpuMillis(),
                ending.exit().map(ExitStatus::oomKilled).orElse(false),
                ending.exit().map(status -> OptionalInt.of(status.exitCode())).orElse(OptionalInt.empty()));
        return new RunOutcome(verdict, conversation.decisions(), conversation.evidence(seen, notes(seen)), resources);
    }

    private static List<String> notes(Observations seen) {
        List<String> notes = new ArrayList<>();
        seen.violation().ifPresent(what -> notes.add("violation: " + what));
        seen.failed().ifPresent(failed -> notes.add("the runner reported " + failed.kind()));
        if (seen.jvmOutOfMemory()) {
            notes.add("the JVM said that it ends for lack of memory");
        }
        if (seen.threadRefused()) {
            notes.add("the JVM said that it got no thread");
        }
        seen.exit().flatMap(ExitStatus::outside).ifPresent(what -> notes.add("from outside: " + what));
        if (seen.exit().isEmpty()) {
            notes.add("the backend did not say how the runner ended");
        }
        return notes;
    }
}
