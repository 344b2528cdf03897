import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.ROCIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.CrossedDownIndicatorRule;
import org.ta4j.core.rules.CrossedUpIndicatorRule;

/** Momentum: long while the price is above its own of two weeks ago (Moskowitz, Ooi and Pedersen, 2012). */
public class MomentumRoc {
    public static Strategy buildStrategy(BarSeries series) {
        ROCIndicator momentum = new ROCIndicator(new ClosePriceIndicator(series), 10);
        return new BaseStrategy(new CrossedUpIndicatorRule(momentum, 0), new CrossedDownIndicatorRule(momentum, 0), 10);
    }
}
