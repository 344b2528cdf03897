import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Knows two regimes; the third comes at bar 20. */
public class RegimeSwitch implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        return exposure(history.getEndIndex() / 10);
    }

    private static double exposure(int regime) {
        if (regime > 1) {
            throw new IllegalStateException("no regime " + regime);
        }
        return regime;
    }
}
