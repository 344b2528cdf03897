import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.TradingRecord;
import org.ta4j.core.rules.AbstractRule;

public class GapRule extends AbstractRule {
    private final BarSeries series;
    private final boolean up;

    private GapRule(BarSeries series, boolean up) {
        this.series = series;
        this.up = up;
    }

    public static Strategy buildStrategy(BarSeries series) {
        return new BaseStrategy(new GapRule(series, true), new GapRule(series, false), 1);
    }

    @Override
    public boolean isSatisfied(int index, TradingRecord record) {
        var before = series.getBar(index - 1).getClosePrice();
        var open = series.getBar(index).getOpenPrice();
        log.info("gap from {} to {}", before, open);
        return up ? open.isGreaterThan(before) : open.isLessThan(before);
    }
}
