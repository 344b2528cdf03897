package io.strategysandbox.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseTradingRecord;
import org.ta4j.core.Position;
import org.ta4j.core.Strategy;
import org.ta4j.core.Trade;
import org.ta4j.core.Trade.TradeType;
import org.ta4j.core.TradingRecord;
import org.ta4j.core.num.Num;

/**
 * ta4j's form: entry and exit rules. A signal at one bar is filled at the next bar's open, and the trading record that
 * rules see says so before they are asked again: a stop-loss knows the price really paid. ta4j's own model for fills
 * at the next open never executes on a growing series.
 *
 * <p>Rules can reach the record and write into it. Whether there is a position is therefore counted here, and a record
 * that disagrees is thrown away and written anew.
 */
final class SignalDecider implements Decider {

    /** Makes the rules, once there is a first bar. */
    @FunctionalInterface
    interface Factory {
        Strategy build(BarSeries series) throws Throwable;
    }

    private final Factory factory;
    private final TradeType side;
    private final List<Fill> fills = new ArrayList<>();
    private @Nullable Strategy strategy;
    private TradingRecord record;
    private @Nullable Trade entry;
    private boolean signalled;

    SignalDecider(Factory factory, boolean sellShort) {
        this.factory = factory;
        this.side = sellShort ? TradeType.SELL : TradeType.BUY;
        this.record = new BaseTradingRecord(side);
    }

    @Override
    public void start(BarSeries series) throws Throwable {
        strategy = factory.build(series);
    }

    @Override
    public double decide(int index, Bar bar) {
        Strategy rules = Objects.requireNonNull(strategy);
        restoreIfDamaged();
        if (signalled) {
            fill(new Fill(index, bar.getOpenPrice()));
        }
        boolean inPosition = inPosition();
        signalled = inPosition ? rules.shouldExit(index, record) : rules.shouldEnter(index, record);
        boolean wanted = inPosition != signalled;
        return !wanted ? 0 : side == TradeType.BUY ? 1 : -1;
    }

    private boolean inPosition() {
        return fills.size() % 2 == 1;
    }

    private void fill(Fill fill) {
        fills.add(fill);
        write(fill);
        entry = record.getCurrentPosition().getEntry();
    }

    private void restoreIfDamaged() {
        Position position = record.getCurrentPosition();
        boolean intact = record.getTrades().size() == fills.size()
                && Objects.equals(position.getEntry(), entry)
                && !position.isClosed();
        if (!intact) {
            record = new BaseTradingRecord(side);
            fills.forEach(this::write);
        }
    }

    private void write(Fill fill) {
        record.operate(fill.index(), fill.price(), fill.price().one());
    }

    private record Fill(int index, Num price) {}
}
