package io.strategysandbox.api;

import org.ta4j.core.BarSeries;

/**
 * A strategy that says, after each bar, how much of its equity it wants to hold.
 *
 * <p>The class needs a public constructor without arguments, or one that takes {@link Parameters}. One instance lives
 * for one backtest and is called from one thread.
 */
@FunctionalInterface
public interface TradingStrategy {

    /**
     * Decides after a bar closed.
     *
     * @param history the bars up to and including the one that has just closed, oldest first; it never holds a later
     *     bar. The same object is passed at every call and grows by one bar each time, so indicators may be built once.
     * @return the target exposure from the next bar's open on, as a fraction of equity: -1 short, 0 flat, 1 long;
     *     anything between is allowed. NaN, infinite or outside [-1, 1] ends the run as a runtime error.
     */
    double onBar(BarSeries history);
}
