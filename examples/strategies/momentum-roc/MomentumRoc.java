import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.ROCIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/**
 * Momentum of the price against its own past: long while the close is above that of 60 bars ago, about a quarter of a year
 * (Moskowitz, Ooi and Pedersen, 2012, who look back twelve months; the file holds no more than that).
 */
public class MomentumRoc {
    private static final int LOOK_BACK = 60;

    public static Strategy buildStrategy(BarSeries series) {
        ROCIndicator momentum = new ROCIndicator(new ClosePriceIndicator(series), LOOK_BACK);
        return new BaseStrategy(new OverIndicatorRule(momentum, 0), new UnderIndicatorRule(momentum, 0), LOOK_BACK);
    }
}
