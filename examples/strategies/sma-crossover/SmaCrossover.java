import io.strategysandbox.api.Parameters;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.CrossedDownIndicatorRule;
import org.ta4j.core.rules.CrossedUpIndicatorRule;

/**
 * Trend: buys when a fast moving average crosses above a slow one and sells when it crosses below (Brock, Lakonishok and
 * LeBaron, 1992). No signal counts before the slow average has filled.
 */
public class SmaCrossover {
    public static Strategy buildStrategy(BarSeries series, Parameters parameters) {
        int slowest = parameters.getInt("slow");
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        SMAIndicator fast = new SMAIndicator(close, parameters.getInt("fast"));
        SMAIndicator slow = new SMAIndicator(close, slowest);
        return new BaseStrategy(
                new CrossedUpIndicatorRule(fast, slow), new CrossedDownIndicatorRule(fast, slow), slowest);
    }
}
