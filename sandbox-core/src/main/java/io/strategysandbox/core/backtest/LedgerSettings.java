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

    /**
     * Refuses what no book can be kept with.
     *
     * @throws IllegalArgumentException if a value is outside its range, naming it
     */
    public LedgerSettings {
        require("cash", cash, cash > 0 && cash < Double.POSITIVE_INFINITY, "a number above zero");
        double commission = costs.commission();
        require("commission", commission, commission >= 0 && commission < 1, "a fraction from 0 to below 1");
        double slippage = costs.slippageBps();
        require("slippageBps", slippage, slippage >= 0 && slippage < 10_000, "basis points from 0 to below 10000");
        if (sizing instanceof Sizing.Units fixed) {
            double units = fixed.units();
            require("units", units, units > 0 && units < Double.POSITIVE_INFINITY, "a number above zero");
        }
    }

    private static void require(String name, double value, boolean valid, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + expected);
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
