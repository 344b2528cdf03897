import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Indicator;
import org.ta4j.core.Rule;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.volume.OnBalanceVolumeIndicator;
import org.ta4j.core.num.Num;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/**
 * Volume: long while both the price and the on-balance volume, which adds the volume of rising days and takes away that of
 * falling ones, are above their averages; out when the volume no longer agrees (Granville, 1963).
 */
public class ObvTrend {
    private static final int WINDOW = 30;

    public static Strategy buildStrategy(BarSeries series) {
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        Indicator<Num> volume = new OnBalanceVolumeIndicator(series);
        SMAIndicator averageVolume = new SMAIndicator(volume, WINDOW);
        Rule priceAgrees = new OverIndicatorRule(close, new SMAIndicator(close, WINDOW));
        Rule volumeAgrees = new OverIndicatorRule(volume, averageVolume);
        return new BaseStrategy(
                priceAgrees.and(volumeAgrees), new UnderIndicatorRule(volume, averageVolume), WINDOW - 1);
    }
}
