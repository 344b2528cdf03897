import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/** Trend: long while the MACD line (12 and 26 bars) is above its 9-bar signal line (Appel, 1979). */
public class MacdTrend {
    /** The bars that the slow average and then the signal line need to fill. */
    private static final int WARM_UP = 26 + 9 - 2;

    public static Strategy buildStrategy(BarSeries series) {
        MACDIndicator macd = new MACDIndicator(new ClosePriceIndicator(series), 12, 26);
        EMAIndicator signal = new EMAIndicator(macd, 9);
        return new BaseStrategy(new OverIndicatorRule(macd, signal), new UnderIndicatorRule(macd, signal), WARM_UP);
    }
}
