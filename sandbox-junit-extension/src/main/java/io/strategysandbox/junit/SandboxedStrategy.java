package io.strategysandbox.junit;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.market.BarsLoader;
import io.strategysandbox.core.strategy.Candidate;
import java.nio.file.Path;

/**
 * A strategy to be tested, and where its bars are.
 *
 * @param directory the strategy directory
 * @param candidate what discovery made of it
 * @param data where bars come from
 */
public record SandboxedStrategy(Path directory, Candidate candidate, BarsLoader data) {

    /** {@return the name in the manifest, or the directory's where there is none} */
    public String name() {
        return candidate.name();
    }

    /**
     * Validates, compiles and backtests it on the bars that its manifest names.
     *
     * @param sandbox where
     * @return how it ended
     * @throws InterruptedException if the thread was interrupted; nothing is left behind
     */
    public BacktestResult backtest(Sandbox sandbox) throws InterruptedException {
        return sandbox.backtest(candidate, data);
    }

    @Override
    public String toString() {
        return name();
    }
}
