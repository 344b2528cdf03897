import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Comes after it. */
public class Later implements TradingStrategy {
    private int bars;

    @Override
    public double onBar(BarSeries history) {
        bars++;
        return bars % 2;
    }
}
