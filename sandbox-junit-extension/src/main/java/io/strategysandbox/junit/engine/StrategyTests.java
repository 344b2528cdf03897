package io.strategysandbox.junit.engine;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.Expectations;
import io.strategysandbox.core.report.ResultText;
import io.strategysandbox.core.strategy.Manifest.Expectation;
import io.strategysandbox.core.verdict.Verdict;
import java.util.List;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What the tests of a strategy ask of what became of it. */
final class StrategyTests {

    private StrategyTests() {}

    /** One test. */
    @FunctionalInterface
    interface Check {
        /**
         * Looks at what became of a strategy.
         *
         * @param taken what became of it
         * @throws AssertionFailedError if that is not what it should be
         * @throws TestAbortedException if there is nothing to look at
         */
        void check(Taken taken);
    }

    /** Nothing refuses it. */
    record Validate() implements Check {
        @Override
        public void check(Taken taken) {
            List<String> refusals = taken.refusals();
            if (!refusals.isEmpty()) {
                throw bare(new AssertionFailedError(ResultText.list(
                        "refused, for " + (refusals.size() == 1 ? "one reason:" : refusals.size() + " reasons:"),
                        refusals)));
            }
        }
    }

    /** It ran to the last bar. */
    record Backtest() implements Check {
        @Override
        public void check(Taken taken) {
            BacktestResult result = ran(taken);
            if (result.verdict().completed()) {
                return;
            }
            String failure = ResultText.failure(result)
                    + ((Taken.Ended) taken)
                            .details()
                            .map(folder -> "\nall that is known about it: " + folder)
                            .orElse("");
            if (result.verdict() instanceof Verdict.InternalFailure) {
                // Not the strategy's fault: an error in reports that tell errors from failures.
                throw bare(new JUnitException(failure));
            }
            throw bare(new AssertionFailedError(failure));
        }
    }

    /**
     * A figure is as expected.
     *
     * @param expectation a line of the manifest
     */
    record Expect(Expectation expectation) implements Check {
        @Override
        public void check(Taken taken) {
            BacktestResult result = ran(taken);
            List<String> unmet = result.metrics()
                    .map(metrics -> Expectations.unmet(List.of(expectation), metrics))
                    .orElseThrow(() -> bare(new TestAbortedException(
                            "there is no result to hold it against: " + ResultText.headline(result))));
            if (!unmet.isEmpty()) {
                throw bare(new AssertionFailedError(unmet.get(0)));
            }
        }
    }

    private static BacktestResult ran(Taken taken) {
        taken.notRun().ifPresent(reason -> {
            throw bare(new TestAbortedException("it was not backtested: " + reason));
        });
        return ((Taken.Ended) taken).result();
    }

    /** Where in this engine a strategy was found wanting tells nobody anything. */
    private static <T extends Throwable> T bare(T thrown) {
        thrown.setStackTrace(new StackTraceElement[0]);
        return thrown;
    }
}
