package io.strategysandbox.core.backtest;

import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.monitor.RunnerTrace;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Resources;
import io.strategysandbox.core.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one strategy's way.
 *
 * @param name the strategy's name
 * @param directory its directory, relative to the folder that was searched
 * @param verdict how it ended
 * @param isolation where it ran; empty if it did not get that far
 * @param findings all findings, also those that do not refuse it
 * @param metrics the figures; empty unless it completed
 * @param trades its trades, oldest first; empty unless it completed
 * @param timings where the time went
 * @param resources what the run used
 * @param evidence what the verdict rests on
 * @param runner what was seen of its runner; empty if it never asked for one
 * @param bundle the folder in which all that is known about its failure was kept, relative to the output folder; empty if
 *     none was
 */
public record BacktestResult(
        String name,
        String directory,
        Verdict verdict,
        Optional<Isolation> isolation,
        List<Finding> findings,
        Optional<Metrics> metrics,
        List<Trade> trades,
        Timings timings,
        Resources resources,
        Evidence evidence,
        Optional<RunnerTrace> runner,
        Optional<String> bundle) {

    /** Copies the lists. */
    public BacktestResult {
        findings = List.copyOf(findings);
        trades = List.copyOf(trades);
    }

    /**
     * The same result, kept somewhere.
     *
     * @param folder where, relative to the output folder
     * @return the result with {@link #bundle()}
     */
    public BacktestResult withBundle(String folder) {
        return new BacktestResult(
                name,
                directory,
                verdict,
                isolation,
                findings,
                metrics,
                trades,
                timings,
                resources,
                evidence,
                runner,
                Optional.of(folder));
    }

    /**
     * Where the time went, in milliseconds.
     *
     * @param validateMs reading and checking, sources and class files
     * @param compileMs compiling
     * @param leaseMs until a runner stood ready
     * @param runMs from the job to the last frame
     * @param totalMs from first to last, the runner's removal included
     */
    public record Timings(long validateMs, long compileMs, long leaseMs, long runMs, long totalMs) {}
}
