package io.strategysandbox.runner;

import io.strategysandbox.protocol.HostMessage.BarBatch;
import java.time.Duration;
import org.ta4j.core.Bar;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.CrossedDownIndicatorRule;
import org.ta4j.core.rules.CrossedUpIndicatorRule;

/**
 * A first walk through the classes that nearly every strategy needs, while the runner waits for its job. It leaves
 * nothing behind but loaded classes.
 */
final class WarmUp {

    private static final int BARS = 8;

    private WarmUp() {}

    static void run() {
        SignalDecider decider = new SignalDecider(
                series -> {
                    ClosePriceIndicator close = new ClosePriceIndicator(series);
                    SMAIndicator slow = new SMAIndicator(close, 3);
                    EMAIndicator fast = new EMAIndicator(close, 2);
                    return new BaseStrategy(
                            new CrossedUpIndicatorRule(fast, slow), new CrossedDownIndicatorRule(fast, slow));
                },
                false);
        History history = new History(Duration.ofDays(1));
        BarBatch batch = new BarBatch(0, BARS);
        try {
            for (int i = 0; i < BARS; i++) {
                double price = 10 + i % 3;
                batch.set(i, i * 86_400_000L, price, price, price, price, 1);
                Bar bar = history.add(batch, i);
                if (i == 0) {
                    decider.start(history.series());
                }
                decider.decide(i, bar);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("the runner cannot use ta4j", e);
        }
    }
}
