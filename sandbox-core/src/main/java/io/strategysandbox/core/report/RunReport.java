package io.strategysandbox.core.report;

import io.strategysandbox.core.backtest.BacktestResult;
import java.util.List;

/**
 * The result of a run.
 *
 * @param run what is said about it as a whole
 * @param strategies one entry for each strategy directory that was run, in the order of their discovery
 * @param notStarted the names of those that were not, because an earlier failure halted the run
 */
public record RunReport(RunInfo run, List<BacktestResult> strategies, List<String> notStarted) {

    /** Copies the lists. */
    public RunReport {
        strategies = List.copyOf(strategies);
        notStarted = List.copyOf(notStarted);
    }

    /** {@return whether every verdict is OK} */
    public boolean successful() {
        return strategies.stream().allMatch(result -> result.verdict().id().equals("OK"));
    }
}
