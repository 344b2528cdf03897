package channel;

import org.ta4j.core.BarSeries;
import org.ta4j.core.indicators.CachedIndicator;
import org.ta4j.core.indicators.helpers.HighPriceIndicator;
import org.ta4j.core.indicators.helpers.HighestValueIndicator;
import org.ta4j.core.indicators.helpers.LowPriceIndicator;
import org.ta4j.core.indicators.helpers.LowestValueIndicator;
import org.ta4j.core.num.Num;

/** Where the close lies between the lowest low (0) and the highest high (1) of a window: Williams' %R, turned over. */
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
        Num height = highest.getValue(index).minus(low);
        Num close = getBarSeries().getBar(index).getClosePrice();
        return height.isZero() ? numOf(0.5) : close.minus(low).dividedBy(height);
    }

    @Override
    public int getUnstableBars() {
        return window;
    }
}
