package io.strategysandbox.core.report;

import io.strategysandbox.core.backtest.BacktestResult;
import java.util.List;

/**
 * The result of a run.
 *
 * @param run what is said about it as a whole
 * @param strategies one entry for each strategy directory, in the order of their names' discovery
 */
public record RunReport(RunInfo run, List<BacktestResult> strategies) {

    /** Copies the list. */
    public RunReport {
        strategies = List.copyOf(strategies);
    }

    /** {@return whether every verdict is OK} */
    public boolean successful() {
        return strategies.stream().allMatch(result -> result.verdict().id().equals("OK"));
    }
}
