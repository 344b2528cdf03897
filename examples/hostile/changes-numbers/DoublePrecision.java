import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

public class DoublePrecision {
    public static Strategy buildStrategy(BarSeries series) {
        BaseBarSeriesBuilder.setDefaultNum(DoubleNum.ZERO);
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        EMAIndicator average = new EMAIndicator(close, 20);
        return new BaseStrategy(new OverIndicatorRule(close, average), new UnderIndicatorRule(close, average));
    }
}
