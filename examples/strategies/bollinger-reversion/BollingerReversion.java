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

/** Mean reversion: buys below the lower Bollinger band and sells above the middle one (Bollinger, 2001). */
public class BollingerReversion {
    public static Strategy buildStrategy(BarSeries series) {
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        BollingerBandsMiddleIndicator middle = new BollingerBandsMiddleIndicator(new SMAIndicator(close, 20));
        BollingerBandsLowerIndicator lower =
                new BollingerBandsLowerIndicator(middle, new StandardDeviationIndicator(close, 20));
        return new BaseStrategy(new UnderIndicatorRule(close, lower), new OverIndicatorRule(close, middle), 20);
    }
}
