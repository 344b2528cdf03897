package io.strategysandbox.runner;

import io.strategysandbox.protocol.HostMessage.BarBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeries;
import org.ta4j.core.num.DecimalNum;
import org.ta4j.core.num.Num;

/**
 * The series that a strategy sees, which grows bar by bar, and the runner's own count of its bars: a strategy can do
 * to the series what it likes.
 */
final class History {

    private final Duration period;
    private final BaseBarSeries series = new BaseBarSeries("bars", DecimalNum.ZERO);
    private int count;

    History(Duration period) {
        this.period = period;
    }

    BarSeries series() {
        return series;
    }

    /** The number of bars added. */
    int count() {
        return count;
    }

    /** Adds a bar; its time label becomes ta4j's end time, unchanged and in UTC. */
    Bar add(BarBatch batch, int i) {
        double[] figures = batch.figures(i);
        Num open = num(figures[0]);
        Num high = num(figures[1]);
        Num low = num(figures[2]);
        Num close = num(figures[3]);
        Num volume = num(figures[4]);
        Bar bar = new BaseBar(
                period,
                Instant.ofEpochMilli(batch.epochMillis(i)).atZone(ZoneOffset.UTC),
                open,
                high,
                low,
                close,
                volume,
                close.multipliedBy(volume));
        series.addBar(bar);
        count++;
        return bar;
    }

    /** The decimal number that the data holds: 0.1 is a tenth, not the double next to it. */
    private static Num num(double value) {
        return DecimalNum.valueOf(Double.toString(value));
    }
}
