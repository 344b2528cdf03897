package io.strategysandbox.junit;

import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.MetricName;
import io.strategysandbox.core.report.ResultText;
import io.strategysandbox.core.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a {@link BacktestResult}. Every message shows how the strategy ended, and on what that rests. */
public final class BacktestResultAssert extends AbstractAssert<BacktestResultAssert, BacktestResult> {

    BacktestResultAssert(BacktestResult result) {
        super(result, BacktestResultAssert.class);
    }

    /**
     * It ran to the last bar and met what its manifest expects.
     *
     * @return this
     */
    public BacktestResultAssert isOk() {
        return hasVerdict(Verdict.Ok.class);
    }

    /**
     * It was refused before it ran.
     *
     * @return this
     */
    public BacktestResultAssert isRejected() {
        return hasVerdict(Verdict.Rejected.class);
    }

    /**
     * It ended in a certain way.
     *
     * @param verdict the way
     * @return this
     */
    public BacktestResultAssert hasVerdict(Class<? extends Verdict> verdict) {
        isNotNull();
        if (!verdict.isInstance(actual.verdict())) {
            fail("the verdict " + verdict.getSimpleName());
        }
        return this;
    }

    /**
     * Something was found, whether it refuses the strategy or not.
     *
     * @param rule the rule's id, such as {@code jvm-exit}
     * @return this
     */
    public BacktestResultAssert hasFinding(String rule) {
        isNotNull();
        if (actual.findings().stream().noneMatch(finding -> finding.rule().equals(rule))) {
            fail("a finding of the rule " + rule);
        }
        return this;
    }

    /**
     * Nothing was found, not even what does not refuse a strategy.
     *
     * @return this
     */
    public BacktestResultAssert hasNoFindings() {
        isNotNull();
        if (!actual.findings().isEmpty()) {
            fail("no findings");
        }
        return this;
    }

    /**
     * It was separated from this machine in a certain way.
     *
     * @param isolation the way
     * @return this
     */
    public BacktestResultAssert ranIn(Isolation isolation) {
        isNotNull();
        if (!actual.isolation().equals(Optional.of(isolation))) {
            fail("the isolation " + isolation.id() + ", but it is "
                    + actual.isolation().map(Isolation::id).orElse("none: it did not run"));
        }
        return this;
    }

    /**
     * It made so many trades.
     *
     * @param bound how many, such as {@link Bound#atLeast}
     * @return this
     */
    public BacktestResultAssert hasTrades(Bound bound) {
        return hasMetric(MetricName.TRADES, bound);
    }

    /**
     * Its equity never fell by so much from a peak.
     *
     * @param fraction the drawdown to stay below, as a fraction of the peak
     * @return this
     */
    public BacktestResultAssert drawdownBelow(double fraction) {
        return hasMetric(MetricName.MAX_DRAWDOWN, Bound.below(fraction));
    }

    /**
     * It earned more than that.
     *
     * @param fraction the return to exceed, as a fraction of the equity at the start
     * @return this
     */
    public BacktestResultAssert returnAbove(double fraction) {
        return hasMetric(MetricName.RETURN, Bound.above(fraction));
    }

    /**
     * A figure is within a bound. A strategy that did not run to its end has no figures.
     *
     * @param metric the figure
     * @param bound the bound
     * @return this
     */
    public BacktestResultAssert hasMetric(MetricName metric, Bound bound) {
        isNotNull();
        if (actual.metrics().isEmpty()) {
            fail(metric.id() + " " + bound + ", but there are no figures");
        }
        double value = actual.metrics().orElseThrow().value(metric.id());
        if (!bound.isMetBy(value)) {
            fail(metric.id() + " " + bound + ", but it is " + Bound.plain(value) + " (" + metric.unit() + ")");
        }
        return this;
    }

    /**
     * It printed a text, to standard output or error, within what is kept of that.
     *
     * @param text the text
     * @return this
     */
    public BacktestResultAssert printed(String text) {
        isNotNull();
        boolean found = actual.evidence().outputHead().contains(text)
                || actual.evidence().outputTail().contains(text);
        if (!found) {
            fail("the text '" + text + "' in what it printed");
        }
        return this;
    }

    /** What a strategy wrote may be anything, so only text that is safe to show gets into a message. */
    private void fail(String expected) {
        String figures = actual.metrics()
                .map(metrics -> metrics.values().entrySet().stream()
                        .map(figure -> figure.getKey() + " " + Bound.plain(figure.getValue()))
                        .collect(Collectors.joining(", ", "\nfigures: ", "")))
                .orElse("");
        List<String> findings = ResultText.findings(actual);
        throw failure(
                "%s",
                "expected of " + actual.name() + ": " + expected
                        + "\nit ended with " + ResultText.failure(actual)
                        + figures
                        + (findings.isEmpty() ? "" : "\n" + ResultText.list("findings:", findings))
                        + "\nran in: "
                        + actual.isolation().map(Isolation::id).orElse("nothing, it did not get that far"));
    }
}
