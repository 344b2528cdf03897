package channel;

import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/**
 * Several files: an indicator of its own, in a package of its own. Trend: in at the upper end of the price channel, out at the
 * lower end. Two thresholds, so that a close that wavers around one of them does not trade.
 */
public class ChannelEntry {
    private static final int WINDOW = 20;

    public static Strategy buildStrategy(BarSeries series) {
        ChannelPosition position = new ChannelPosition(series, WINDOW);
        return new BaseStrategy(
                new OverIndicatorRule(position, 0.8), new UnderIndicatorRule(position, 0.3), position.getUnstableBars());
    }
}
