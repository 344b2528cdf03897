package io.strategysandbox.core.backtest;

import io.strategysandbox.core.strategy.Manifest.Expectation;
import java.math.BigDecimal;
import java.util.List;

/** Holds a result against what its manifest expects. */
public final class Expectations {

    private Expectations() {}

    /**
     * Finds names that no figure has.
     *
     * @param expectations what a manifest expects
     * @return one line for each unknown name, with the known ones
     */
    public static List<String> unknownMetrics(List<Expectation> expectations) {
        return expectations.stream()
                .filter(expectation -> MetricName.of(expectation.metric()).isEmpty())
                .map(expectation -> "expect: there is no metric '" + expectation.metric() + "'; known are "
                        + String.join(", ", MetricName.ids()))
                .toList();
    }

    /**
     * Finds what does not hold. A figure that does not exist meets nothing.
     *
     * @param expectations what a manifest expects
     * @param metrics the figures
     * @return one line for each expectation that does not hold, such as {@code trades is 2, expected >= 3}
     */
    public static List<String> unmet(List<Expectation> expectations, Metrics metrics) {
        return expectations.stream()
                .filter(expectation ->
                        !expectation.comparison().holds(metrics.value(expectation.metric()), expectation.bound()))
                .map(expectation -> expectation.metric() + " is " + plain(metrics.value(expectation.metric()))
                        + ", expected " + bound(expectation))
                .toList();
    }

    /**
     * An expectation as it may be written in a manifest.
     *
     * @param expectation the expectation
     * @return such as {@code trades >= 3}
     */
    public static String text(Expectation expectation) {
        return expectation.metric() + " " + bound(expectation);
    }

    private static String bound(Expectation expectation) {
        return expectation.comparison().symbol() + " " + plain(expectation.bound());
    }

    private static String plain(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "undefined";
        }
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
