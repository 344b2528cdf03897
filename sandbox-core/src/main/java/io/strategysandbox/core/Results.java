package io.strategysandbox.core;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.BacktestResult.Timings;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Resources;
import io.strategysandbox.core.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/** Results of strategies that never got as far as a runner. */
final class Results {

    private Results() {}

    static BacktestResult withoutRun(String name, String directory, Verdict verdict, List<Finding> findings) {
        return new BacktestResult(
                name,
                directory,
                verdict,
                Optional.empty(),
                findings,
                Optional.empty(),
                List.of(),
                new Timings(0, 0, 0, 0, 0),
                Resources.NONE,
                Evidence.NONE,
                Optional.empty(),
                Optional.empty());
    }
}
