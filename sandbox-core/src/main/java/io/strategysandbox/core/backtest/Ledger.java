package io.strategysandbox.core.backtest;

import io.strategysandbox.core.backend.Decisions;
import io.strategysandbox.core.backtest.Trade.Side;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.strategy.Manifest.Sizing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * The host's own book. The rules, bar by bar:
 *
 * <ul>
 *   <li>The decision after bar i fills at the open of bar i + 1, made worse by the slippage. The last bar's decision
 *       never fills.
 *   <li>A target equal to the one before trades nothing. Another one closes what is on the other side, then brings the
 *       position to the target's share of the equity at that open, costs included: it buys what is missing, or gives up
 *       what is too much, the oldest lot first.
 *   <li>Each purchase or short sale is a lot. A trade is a lot, or the part of one, from its entry to its exit.
 *   <li>Equity at or below zero, at an open, right after a fill, or at a close, ends the run there: everything is closed
 *       at that price, and from that bar on the equity is zero. What is owed beyond it is the shortfall.
 * </ul>
 */
public final class Ledger {

    /** Quantities that differ by less than this share of the position are the same: arithmetic leaves such dust. */
    private static final double DUST = 1e-9;

    private final Bars bars;
    private final LedgerSettings settings;
    private final double commission;
    private final double slippage;
    private final Deque<Lot> lots = new ArrayDeque<>();
    private final List<Trade> trades = new ArrayList<>();
    private OptionalInt ruinedAt = OptionalInt.empty();
    private double shortfall;
    private double target;
    private double cash;
    private double held;
    private double fees;

    private Ledger(Bars bars, LedgerSettings settings) {
        this.bars = bars;
        this.settings = settings;
        this.commission = settings.costs().commission();
        this.slippage = settings.costs().slippageBps() / 10_000;
        this.cash = settings.cash();
    }

    private record Lot(int bar, double price, double quantity, double fee) {}

    /**
     * Turns decisions into trades and an equity curve.
     *
     * @param bars the host's bars
     * @param decisions one for each bar
     * @param settings how the book is kept
     * @return the book
     * @throws IllegalArgumentException if there is not exactly one decision for each bar
     */
    public static Settlement settle(Bars bars, Decisions decisions, LedgerSettings settings) {
        if (decisions.size() != bars.size()) {
            throw new IllegalArgumentException(decisions.size() + " decisions for " + bars.size() + " bars");
        }
        return new Ledger(bars, settings).settle(decisions);
    }

    private Settlement settle(Decisions decisions) {
        double[] equity = new double[bars.size()];
        for (int bar = 0; bar < equity.length && ruinedAt.isEmpty(); bar++) {
            endIfRuined(bar, bars.open(bar));
            if (bar > 0 && ruinedAt.isEmpty()) {
                fill(bar, decisions.target(bar - 1));
                endIfRuined(bar, bars.open(bar));
            }
            endIfRuined(bar, bars.close(bar));
            equity[bar] = equity(bars.close(bar));
        }
        markOpenLots();
        return new Settlement(settings.cash(), equity, trades, fees, ruinedAt, shortfall);
    }

    private double equity(double price) {
        return cash + held * price;
    }

    private void endIfRuined(int bar, double price) {
        if (ruinedAt.isPresent() || equity(price) > 0) {
            return;
        }
        ruinedAt = OptionalInt.of(bar);
        close(bar, price, Math.abs(held));
        shortfall = Math.max(0, -cash);
        cash = 0;
    }

    private void fill(int bar, double decided) {
        if (bar == bars.size() - 1 && settings.closeAtEnd()) {
            close(bar, bars.open(bar), Math.abs(held));
        } else if (decided != target) {
            target = decided;
            move(bar, bars.open(bar));
        }
    }

    private void move(int bar, double open) {
        double side = Math.signum(target);
        if (side != Math.signum(held)) {
            close(bar, open, Math.abs(held));
        }
        double wanted = target == 0 ? 0 : quantity(open, side);
        double missing = wanted - Math.abs(held);
        if (missing > DUST * wanted) {
            open(bar, open, missing, side);
        } else if (-missing > DUST * wanted) {
            close(bar, open, -missing);
        }
    }

    /** The quantity that the target's share of the equity can hold, the costs of getting it paid from the same share. */
    private double quantity(double open, double side) {
        double fill = open * (1 + side * slippage);
        double all = Math.max(0, equity(open) / (open + open * slippage + fill * commission));
        double share = Math.abs(target);
        if (settings.sizing() instanceof Sizing.Units units) {
            return Math.min(share * units.units(), all);
        }
        return settings.sizing() instanceof Sizing.Whole ? floor(share * all) : share * all;
    }

    private static double floor(double quantity) {
        return Math.floor(quantity * (1 + DUST));
    }

    private void open(int bar, double open, double quantity, double side) {
        double fill = open * (1 + side * slippage);
        double fee = quantity * fill * commission;
        cash -= side * quantity * fill + fee;
        fees += fee;
        held += side * quantity;
        lots.addLast(new Lot(bar, fill, side * quantity, fee));
    }

    /** Closes a quantity, the oldest lot first, at a price made worse by the slippage. */
    private void close(int bar, double price, double quantity) {
        double side = Math.signum(held);
        double fill = price * (1 - side * slippage);
        double dust = DUST * Math.abs(held);
        boolean everything = Math.abs(held) - quantity <= dust;
        double left = quantity;
        while (!lots.isEmpty() && (everything || left > dust)) {
            Lot lot = lots.removeFirst();
            double size = Math.abs(lot.quantity());
            double part = everything || size - left <= dust ? size : left;
            left -= part;
            double entryFee = lot.fee() * (part / size);
            double exitFee = part * fill * commission;
            cash += side * part * fill - exitFee;
            fees += exitFee;
            held -= side * part;
            trades.add(trade(lot, part, entryFee, bar, fill, exitFee, false));
            if (part < size) {
                lots.addFirst(new Lot(lot.bar(), lot.price(), side * (size - part), lot.fee() - entryFee));
            }
        }
        if (lots.isEmpty()) {
            held = 0;
        }
    }

    private void markOpenLots() {
        int last = bars.size() - 1;
        for (Lot lot : lots) {
            trades.add(trade(lot, Math.abs(lot.quantity()), lot.fee(), last, bars.close(last), 0, true));
        }
    }

    private Trade trade(
            Lot lot, double quantity, double entryFee, int exitBar, double exitPrice, double exitFee, boolean open) {
        boolean isLong = lot.quantity() > 0;
        double gross = quantity * (isLong ? exitPrice - lot.price() : lot.price() - exitPrice);
        double profit = gross - entryFee - exitFee;
        return new Trade(
                isLong ? Side.LONG : Side.SHORT,
                quantity,
                lot.bar(),
                bars.epochMillis(lot.bar()),
                lot.price(),
                exitBar,
                bars.epochMillis(exitBar),
                exitPrice,
                entryFee + exitFee,
                profit,
                profit / (quantity * lot.price()),
                open);
    }
}
