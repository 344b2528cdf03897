package io.strategysandbox.core.backtest;

/**
 * A position from its entry to its exit, or to the last bar if it is still open.
 *
 * @param side long or short
 * @param quantity units held, above zero
 * @param entryBar the index of the bar at whose open it was entered
 * @param entryTimeMillis that bar's time, in milliseconds since 1970-01-01T00:00Z
 * @param entryPrice the price paid or received, slippage included
 * @param exitBar the index of the bar at whose open it was closed; the last bar if it is still open
 * @param exitTimeMillis that bar's time, in milliseconds since 1970-01-01T00:00Z
 * @param exitPrice the price received or paid, slippage included; the last close if it is still open
 * @param fees the commission of both sides paid so far, in currency
 * @param profit the profit after fees, in currency
 * @param returnFraction the profit over the value at entry
 * @param open whether it is still open
 */
public record Trade(
        Side side,
        double quantity,
        int entryBar,
        long entryTimeMillis,
        double entryPrice,
        int exitBar,
        long exitTimeMillis,
        double exitPrice,
        double fees,
        double profit,
        double returnFraction,
        boolean open) {

    /** The side of a trade. */
    public enum Side {
        /** Bought first. */
        LONG,
        /** Sold first. */
        SHORT
    }
}
