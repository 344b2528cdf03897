package io.strategysandbox.runner;

import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;

/** One of the two forms of a strategy, asked once for each bar. */
interface Decider {

    /**
     * Called once, when the series holds its first bar.
     *
     * @param series the series, which will grow
     */
    void start(BarSeries series) throws Throwable;

    /**
     * Decides after a bar was added to the series.
     *
     * @param index the bar's index by the runner's own count
     * @param bar the bar
     * @return the target exposure from the next open on; not yet checked
     */
    double decide(int index, Bar bar) throws Throwable;
}
