package channel;

import org.ta4j.core.BarSeries;
import org.ta4j.core.indicators.CachedIndicator;
import org.ta4j.core.indicators.helpers.HighPriceIndicator;
import org.ta4j.core.indicators.helpers.HighestValueIndicator;
import org.ta4j.core.indicators.helpers.LowPriceIndicator;
import org.ta4j.core.indicators.helpers.LowestValueIndicator;
import org.ta4j.core.num.Num;

/**
 * Where the close lies between the lowest low (0) and the highest high (1) of the last bars: the raw %K of the stochastic
 * oscillator (Lane, 1984), as a fraction. A window without any range counts as its middle.
 */
public class ChannelPosition extends CachedIndicator<Num> {
    private final int window;
    private final HighestValueIndicator highest;
    private final LowestValueIndicator lowest;

    public ChannelPosition(BarSeries series, int window) {
        super(series);
        this.window = window;
        this.highest = new HighestValueIndicator(new HighPriceIndicator(series), window);
        this.lowest = new LowestValueIndicator(new LowPriceIndicator(series), window);
    }

    @Override
    protected Num calculate(int index) {
        Num low = lowest.getValue(index);
        Num range = highest.getValue(index).minus(low);
        Num close = getBarSeries().getBar(index).getClosePrice();
        return range.isZero() ? numOf(0.5) : close.minus(low).dividedBy(range);
    }

    @Override
    public int getUnstableBars() {
        return window - 1;
    }
}
