import io.strategysandbox.api.Parameters;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Indicator;
import org.ta4j.core.Rule;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.VolumeIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelLowerIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelMiddleIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelUpperIndicator;
import org.ta4j.core.num.Num;
import org.ta4j.core.rules.CrossedUpIndicatorRule;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/**
 * Breakout: enters when the close crosses above the upper Keltner channel, an average plus a few average true ranges, and
 * leaves below one of its other lines (Keltner, 1960, in the form that Raschke gave it). Everything is a parameter: numbers, a
 * text and a flag, so that a search can vary them without touching the code.
 */
public class KeltnerBreakout {
    public static Strategy buildStrategy(BarSeries series, Parameters parameters) {
        int window = parameters.getInt("window");
        double width = parameters.getDouble("width");
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        ATRIndicator range = new ATRIndicator(series, parameters.getInt("atr"));
        KeltnerChannelMiddleIndicator middle = new KeltnerChannelMiddleIndicator(close, window);
        Rule entry = new CrossedUpIndicatorRule(close, new KeltnerChannelUpperIndicator(middle, range, width));
        if (parameters.getBoolean("confirmByVolume")) {
            entry = entry.and(aboveAverage(new VolumeIndicator(series), window));
        }
        Indicator<Num> floor =
                switch (parameters.getString("exit")) {
                    case "middle" -> middle;
                    case "lower" -> new KeltnerChannelLowerIndicator(middle, range, width);
                    default -> throw new IllegalArgumentException("exit must be middle or lower");
                };
        return new BaseStrategy(entry, new UnderIndicatorRule(close, floor), window);
    }

    private static Rule aboveAverage(Indicator<Num> indicator, int window) {
        return new OverIndicatorRule(indicator, new SMAIndicator(indicator, window));
    }
}
