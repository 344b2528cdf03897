import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/**
 * Mean reversion: buys a close below the lower Bollinger band, two standard deviations under the 20-bar average, and sells
 * above the average (Bollinger, 2001).
 */
public class BollingerReversion {
    private static final int WINDOW = 20;

    public static Strategy buildStrategy(BarSeries series) {
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        BollingerBandsMiddleIndicator middle = new BollingerBandsMiddleIndicator(new SMAIndicator(close, WINDOW));
        BollingerBandsLowerIndicator lower = new BollingerBandsLowerIndicator(
                middle, new StandardDeviationIndicator(close, WINDOW), series.numOf(2));
        return new BaseStrategy(
                new UnderIndicatorRule(close, lower), new OverIndicatorRule(close, middle), WINDOW - 1);
    }
}
