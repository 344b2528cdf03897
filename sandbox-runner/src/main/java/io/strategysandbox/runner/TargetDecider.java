package io.strategysandbox.runner;

import io.strategysandbox.api.TradingStrategy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;

/** The form that names its target itself. */
final class TargetDecider implements Decider {

    private final TradingStrategy strategy;
    private @Nullable BarSeries series;

    TargetDecider(TradingStrategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public void start(BarSeries started) {
        series = started;
    }

    @Override
    public double decide(int index, Bar bar) {
        return strategy.onBar(Objects.requireNonNull(series));
    }
}
