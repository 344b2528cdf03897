import io.strategysandbox.api.Parameters;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.CrossedDownIndicatorRule;
import org.ta4j.core.rules.CrossedUpIndicatorRule;

/** Trend: long while a fast moving average is above a slow one (Brock, Lakonishok and LeBaron, 1992). */
public class SmaCrossover {
    public static Strategy buildStrategy(BarSeries series, Parameters parameters) {
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        SMAIndicator fast = new SMAIndicator(close, parameters.getInt("fast"));
        SMAIndicator slow = new SMAIndicator(close, parameters.getInt("slow"));
        return new BaseStrategy(new CrossedUpIndicatorRule(fast, slow), new CrossedDownIndicatorRule(fast, slow));
    }
}
