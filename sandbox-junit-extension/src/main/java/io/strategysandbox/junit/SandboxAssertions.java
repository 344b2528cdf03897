package io.strategysandbox.junit;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.benchmark.Overhead;
import io.strategysandbox.core.market.Bars;
import java.nio.file.Path;

/** Where assertions on what comes out of a sandbox begin. */
public final class SandboxAssertions {

    private SandboxAssertions() {}

    /**
     * Begins assertions on a result.
     *
     * @param result the result
     * @return the assertions, whose messages show the evidence
     */
    public static BacktestResultAssert assertThat(BacktestResult result) {
        return new BacktestResultAssert(result);
    }

    /**
     * Measures what isolation costs a strategy, and holds it against a bound: the strategy is run in the sandbox and as a plain
     * child process in turn, 7 times, or 14 or 21 if the noise leaves a doubt before.
     *
     * @param sandbox the sandbox
     * @param directory the strategy directory
     * @param bars the bars
     * @param bound the most that isolation may cost, as a fraction of the unsandboxed time
     * @return what was measured; {@link Overhead#isDecided} tells whether it was too noisy to say
     * @throws AssertionError if the overhead is above the bound beyond doubt; with both times
     * @throws BackendException if the sandbox runs code that the validator refuses, or no child process can be started
     * @throws InterruptedException if the thread was interrupted; nothing is left behind
     */
    public static Overhead assertOverhead(Sandbox sandbox, Path directory, Bars bars, double bound)
            throws BackendException, InterruptedException {
        Overhead overhead = sandbox.overhead(directory, bars, bound);
        OverheadAssert.check(directory, overhead, bound);
        return overhead;
    }
}
