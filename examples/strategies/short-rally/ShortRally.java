import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/** Short: sells when the RSI is overbought and buys back when it has cooled down (Wilder, 1978). */
public class ShortRally {
    public static Strategy buildStrategy(BarSeries series) {
        RSIIndicator rsi = new RSIIndicator(new ClosePriceIndicator(series), 14);
        return new BaseStrategy(new OverIndicatorRule(rsi, 70), new UnderIndicatorRule(rsi, 50), 14);
    }
}
