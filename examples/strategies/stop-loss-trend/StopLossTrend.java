import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Rule;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.CrossedUpIndicatorRule;
import org.ta4j.core.rules.StopLossRule;
import org.ta4j.core.rules.TrailingStopLossRule;

/**
 * Stops: enters when the close crosses above its 20-bar average, and leaves only at a loss of 4 % or at 6 % below the best
 * close since the entry. After a stop it waits for the next crossing, instead of buying right back. The stops are signals after
 * a close, filled at the next open: a gap can cost more than they say.
 */
public class StopLossTrend {
    private static final int WINDOW = 20;

    public static Strategy buildStrategy(BarSeries series) {
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        Rule stopped =
                new StopLossRule(close, 4).or(new TrailingStopLossRule(close, series.numOf(6)));
        return new BaseStrategy(new CrossedUpIndicatorRule(close, new EMAIndicator(close, WINDOW)), stopped, WINDOW);
    }
}
