import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/** Mean reversion: buys when the two-bar RSI is very low and sells when it has recovered (Connors and Alvarez, 2008). */
public class Rsi2Reversion {
    public static Strategy buildStrategy(BarSeries series) {
        RSIIndicator rsi = new RSIIndicator(new ClosePriceIndicator(series), 2);
        return new BaseStrategy(new UnderIndicatorRule(rsi, 10), new OverIndicatorRule(rsi, 70), 3);
    }
}
