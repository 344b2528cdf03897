package io.strategysandbox.core.market;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The host's own copy of a series of bars: oldest first, strictly ascending in time, checked, immutable. */
public final class Bars {

    private final String name;
    private final Duration period;
    private final long[] epochMillis;
    private final double[] open;
    private final double[] high;
    private final double[] low;
    private final double[] close;
    private final double[] volume;

    private Bars(String name, List<Bar> bars) {
        int size = bars.size();
        this.name = name;
        epochMillis = new long[size];
        open = new double[size];
        high = new double[size];
        low = new double[size];
        close = new double[size];
        volume = new double[size];
        for (int i = 0; i < size; i++) {
            Bar bar = bars.get(i);
            check(i, bar);
            epochMillis[i] = bar.time().toEpochMilli();
            if (i > 0 && epochMillis[i] <= epochMillis[i - 1]) {
                throw new IllegalArgumentException("bar " + i + ": its time " + bar.time() + " is not after "
                        + Instant.ofEpochMilli(epochMillis[i - 1]));
            }
            open[i] = bar.open();
            high[i] = bar.high();
            low[i] = bar.low();
            close[i] = bar.close();
            volume[i] = bar.volume();
        }
        period = medianGap(epochMillis);
    }

    /**
     * Bars.
     *
     * @param name what to call the series, such as the file it came from
     * @param bars oldest first, at least two
     * @return the series
     * @throws IllegalArgumentException if there are fewer than two bars, times do not ascend, a price is not a finite
     *     number above zero, a volume is negative or not finite, or open, close and low do not lie within low and high
     */
    public static Bars of(String name, List<Bar> bars) {
        if (bars.size() < 2) {
            throw new IllegalArgumentException(name + ": " + bars.size() + " bars; a backtest needs two or more");
        }
        return new Bars(name, bars);
    }

    private static void check(int index, Bar bar) {
        for (double price : new double[] {bar.open(), bar.high(), bar.low(), bar.close()}) {
            if (!(price > 0) || Double.isInfinite(price)) {
                throw new IllegalArgumentException("bar " + index + ": price " + price + " is not a number above zero");
            }
        }
        if (!(bar.volume() >= 0) || Double.isInfinite(bar.volume())) {
            throw new IllegalArgumentException("bar " + index + ": volume " + bar.volume() + " is not zero or more");
        }
        if (bar.high() < bar.low()
                || Math.max(bar.open(), bar.close()) > bar.high()
                || Math.min(bar.open(), bar.close()) < bar.low()) {
            throw new IllegalArgumentException(
                    "bar " + index + ": open, close and low must lie within low and high: " + bar);
        }
    }

    private static Duration medianGap(long[] times) {
        long[] gaps = new long[times.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times[i + 1] - times[i];
        }
        Arrays.sort(gaps);
        return Duration.ofMillis(gaps[gaps.length / 2]);
    }

    /** {@return what the series is called} */
    public String name() {
        return name;
    }

    /** {@return the median time between two bars; the length of a bar as far as the data tells} */
    public Duration period() {
        return period;
    }

    /** {@return the number of bars, at least two} */
    public int size() {
        return epochMillis.length;
    }

    /**
     * The time of a bar.
     *
     * @param index 0 is the oldest
     * @return milliseconds since 1970-01-01T00:00Z
     */
    public long epochMillis(int index) {
        return epochMillis[index];
    }

    /**
     * A bar's first price.
     *
     * @param index 0 is the oldest
     * @return the price
     */
    public double open(int index) {
        return open[index];
    }

    /**
     * A bar's highest price.
     *
     * @param index 0 is the oldest
     * @return the price
     */
    public double high(int index) {
        return high[index];
    }

    /**
     * A bar's lowest price.
     *
     * @param index 0 is the oldest
     * @return the price
     */
    public double low(int index) {
        return low[index];
    }

    /**
     * A bar's last price.
     *
     * @param index 0 is the oldest
     * @return the price
     */
    public double close(int index) {
        return close[index];
    }

    /**
     * A bar's traded quantity.
     *
     * @param index 0 is the oldest
     * @return the quantity
     */
    public double volume(int index) {
        return volume[index];
    }
}
