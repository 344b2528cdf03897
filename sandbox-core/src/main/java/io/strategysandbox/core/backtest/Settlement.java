package io.strategysandbox.core.backtest;

import java.util.List;
import java.util.OptionalInt;

/** What the ledger made of a strategy's decisions. Immutable. */
public final class Settlement {

    private final double cash;
    private final double[] equity;
    private final List<Trade> trades;
    private final double fees;
    private final OptionalInt ruinedAt;
    private final double shortfall;

    Settlement(double cash, double[] equity, List<Trade> trades, double fees, OptionalInt ruinedAt, double shortfall) {
        this.cash = cash;
        this.equity = equity;
        this.trades = List.copyOf(trades);
        this.fees = fees;
        this.ruinedAt = ruinedAt;
        this.shortfall = shortfall;
    }

    /** {@return the equity at the start, in currency} */
    public double cash() {
        return cash;
    }

    /** {@return the number of bars} */
    public int size() {
        return equity.length;
    }

    /**
     * The equity at a bar's close, an open position counted at that close.
     *
     * @param bar the bar's index
     * @return the equity in currency; above zero, or zero from the bar of the ruin on
     */
    public double equity(int bar) {
        return equity[bar];
    }

    /** {@return the trades, by exit and then entry; what is still open comes last and says so} */
    public List<Trade> trades() {
        return trades;
    }

    /** {@return all commission paid, in currency} */
    public double fees() {
        return fees;
    }

    /** {@return the bar at which the equity was gone, if it was} */
    public OptionalInt ruinedAt() {
        return ruinedAt;
    }

    /** {@return what was owed beyond the whole equity when it was gone, in currency; zero without a ruin} */
    public double shortfall() {
        return shortfall;
    }
}
