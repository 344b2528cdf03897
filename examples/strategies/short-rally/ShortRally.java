import io.strategysandbox.api.Parameters;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Rule;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.StopLossRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/**
 * Short: sells a rally in a downward trend, a very high two-bar RSI below a long average, and buys back below a short average
 * or at a loss of a few percent. The mirror of rsi2-reversion; a short position has no natural bound to its loss, hence the stop.
 */
public class ShortRally {
    public static Strategy buildStrategy(BarSeries series, Parameters parameters) {
        int trend = parameters.getInt("trend");
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        Rule downwards = new UnderIndicatorRule(close, new SMAIndicator(close, trend));
        Rule rallied = new OverIndicatorRule(new RSIIndicator(close, 2), parameters.getDouble("overbought"));
        Rule fellBack = new UnderIndicatorRule(close, new SMAIndicator(close, parameters.getInt("recovery")));
        Rule stopped = new StopLossRule(close, parameters.getDouble("stopPercent"));
        return new BaseStrategy(downwards.and(rallied), fellBack.or(stopped), trend - 1);
    }
}
