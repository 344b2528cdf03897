import io.strategysandbox.api.Parameters;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Rule;
import org.ta4j.core.Strategy;
import org.ta4j.core.Trade.TradeType;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.CrossedUpIndicatorRule;
import org.ta4j.core.rules.StopGainRule;
import org.ta4j.core.rules.StopLossRule;
import org.ta4j.core.rules.WaitForRule;

/**
 * Exits: whatever comes first of a gain, a loss and the end of patience (the three barriers of Lopez de Prado, 2018), each
 * measured from the fill at the open after the signal. Enters when the close crosses above its average. Whole shares of a larger
 * account, and nothing is left open at the end.
 */
public class TripleBarrier {
    public static Strategy buildStrategy(BarSeries series, Parameters parameters) {
        int window = parameters.getInt("window");
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        Rule entry = new CrossedUpIndicatorRule(close, new EMAIndicator(close, window));
        Rule exit = new StopGainRule(close, parameters.getDouble("gainPercent"))
                .or(new StopLossRule(close, parameters.getDouble("lossPercent")))
                .or(new WaitForRule(TradeType.BUY, parameters.getInt("patienceBars")));
        return new BaseStrategy(entry, exit, window);
    }
}
