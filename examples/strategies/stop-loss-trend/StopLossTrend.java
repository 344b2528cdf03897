import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Rule;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.StopLossRule;
import org.ta4j.core.rules.TrailingStopLossRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/** Stops: a trend follower that gives up at a loss of 4 % or 6 % below the best price since it entered. */
public class StopLossTrend {
    public static Strategy buildStrategy(BarSeries series) {
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        EMAIndicator average = new EMAIndicator(close, 20);
        Rule exit = new UnderIndicatorRule(close, average)
                .or(new StopLossRule(close, series.numOf(4)))
                .or(new TrailingStopLossRule(close, series.numOf(6)));
        return new BaseStrategy(new OverIndicatorRule(close, average), exit, 20);
    }
}
