package channel;

import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/** Several files: an indicator of its own, in a package of its own. Long in the upper part of the channel. */
public class ChannelEntry {
    public static Strategy buildStrategy(BarSeries series) {
        ChannelPosition position = new ChannelPosition(series, 20);
        return new BaseStrategy(new OverIndicatorRule(position, 0.8), new UnderIndicatorRule(position, 0.3), 20);
    }
}
