import io.strategysandbox.api.Parameters;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/** Wants a window; the manifest calls it otherwise. */
public class Parameterised {
    public static Strategy buildStrategy(BarSeries series, Parameters parameters) {
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        SMAIndicator average = new SMAIndicator(close, parameters.getInt("window"));
        return new BaseStrategy(new OverIndicatorRule(close, average), new UnderIndicatorRule(close, average));
    }
}
