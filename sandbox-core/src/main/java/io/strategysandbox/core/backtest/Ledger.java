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
 *       position to the target's share of the equity at that open, commission included: it buys what is missing, or
 *       gives up what is too much, the oldest lot first.
 *   <li>Each purchase or short sale is a lot. A trade is a lot, or the part of one, from its entry to its exit.
 *   <li>Equity at or below zero, at an open or a close, ends the run there: everything is closed at that price.
 * </ul>
 */
public final class Ledger {

    /** A quantity this close below a whole number, relative to it, is that number: division leaves such dust. */
    private static final double DUST = 1e-9;

    private final Bars bars;
    private final LedgerSettings settings;
    private final double commission;
    private final double slippage;
    private final Deque<Lot> lots = new ArrayDeque<>();
    private final List<Trade> trades = new ArrayList<>();
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
        int size = bars.size();
        double[] equity = new double[size];
        OptionalInt ruinedAt = OptionalInt.empty();
        double previous = 0;
        for (int bar = 0; bar < size; bar++) {
            if (ruinedAt.isEmpty()) {
                double open = bars.open(bar);
                if (cash + held * open <= 0) {
                    ruinedAt = OptionalInt.of(bar);
                    close(bar, open, Math.abs(held));
                } else if (bar == size - 1 && settings.closeAtEnd()) {
                    close(bar, open, Math.abs(held));
                } else if (bar > 0) {
                    double target = decisions.target(bar - 1);
                    if (target != previous) {
                        move(bar, open, target);
                        previous = target;
                    }
                }
                if (ruinedAt.isEmpty() && cash + held * bars.close(bar) <= 0) {
                    ruinedAt = OptionalInt.of(bar);
                    close(bar, bars.close(bar), Math.abs(held));
                }
            }
            equity[bar] = cash + held * bars.close(bar);
        }
        markOpenLots();
        return new Settlement(settings.cash(), equity, trades, fees, ruinedAt);
    }

    private void move(int bar, double open, double target) {
        if (held != 0 && (target == 0 || Math.signum(target) != Math.signum(held))) {
            close(bar, open, Math.abs(held));
        }
        if (target == 0) {
            return;
        }
        double side = Math.signum(target);
        double fill = open * (1 + side * slippage);
        double wanted = quantity(cash + held * open, Math.abs(target), fill);
        double missing = wanted - Math.abs(held);
        if (missing > 0) {
            open(bar, fill, missing, side);
        } else if (missing < 0) {
            close(bar, open, -missing);
        }
    }

    /** The quantity that a share of the equity can hold, with the commission of getting it paid from the same share. */
    private double quantity(double equity, double share, double fill) {
        double all = Math.max(0, equity / (fill * (1 + commission)));
        if (settings.sizing() instanceof Sizing.Units units) {
            return Math.min(share * units.units(), all);
        }
        return settings.sizing() instanceof Sizing.Whole ? floor(share * all) : share * all;
    }

    private static double floor(double quantity) {
        return Math.floor(quantity * (1 + DUST));
    }

    private void open(int bar, double fill, double quantity, double side) {
        double fee = quantity * fill * commission;
        cash -= side * quantity * fill + fee;
        fees += fee;
        held += side * quantity;
        lots.addLast(new Lot(bar, fill, side * quantity, fee));
    }

    /** Closes a quantity, the oldest lot first, at a price made worse by the slippage. */
    private void close(int bar, double price, double quantity) {
        if (lots.isEmpty()) {
            return;
        }
        double side = Math.signum(held);
        double fill = price * (1 - side * slippage);
        boolean everything = quantity >= Math.abs(held);
        double left = quantity;
        while (!lots.isEmpty() && (everything || left > 0)) {
            Lot lot = lots.removeFirst();
            double size = Math.abs(lot.quantity());
            double part = everything ? size : Math.min(size, left);
            left -= part;
            double entryFee = part == size ? lot.fee() : lot.fee() * (part / size);
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
