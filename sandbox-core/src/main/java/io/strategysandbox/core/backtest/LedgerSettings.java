package io.strategysandbox.core.backtest;

import io.strategysandbox.core.strategy.Manifest;
import io.strategysandbox.core.strategy.Manifest.Costs;
import io.strategysandbox.core.strategy.Manifest.Sizing;

/**
 * How the host keeps its book.
 *
 * @param cash the equity at the start, in currency, above zero
 * @param sizing how a target exposure becomes a quantity
 * @param costs commission and slippage
 * @param closeAtEnd whether an open position is closed at the last bar's open
 */
public record LedgerSettings(double cash, Sizing sizing, Costs costs, boolean closeAtEnd) {

    /** Refuses what no book can be kept with. */
    public LedgerSettings {
        if (!(cash > 0) || Double.isInfinite(cash)) {
            throw new IllegalArgumentException("cash is " + cash + "; it must be a number above zero");
        }
    }

    /**
     * As a manifest says.
     *
     * @param manifest the manifest
     * @return the settings
     */
    public static LedgerSettings of(Manifest manifest) {
        return new LedgerSettings(manifest.cash(), manifest.sizing(), manifest.costs(), manifest.closeAtEnd());
    }
}
