import io.strategysandbox.api.Parameters;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Rule;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/**
 * Mean reversion: buys a pullback in an upward trend, a very low two-bar RSI above a long average, and sells above a short
 * average (Connors and Alvarez, 2008, whose long average has 200 days; a file of one year has room for 50).
 */
public class Rsi2Reversion {
    public static Strategy buildStrategy(BarSeries series, Parameters parameters) {
        int trend = parameters.getInt("trend");
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        Rule upwards = new OverIndicatorRule(close, new SMAIndicator(close, trend));
        Rule pulledBack = new UnderIndicatorRule(new RSIIndicator(close, 2), parameters.getDouble("oversold"));
        Rule recovered = new OverIndicatorRule(close, new SMAIndicator(close, parameters.getInt("recovery")));
        return new BaseStrategy(upwards.and(pulledBack), recovered, trend - 1);
    }
}
