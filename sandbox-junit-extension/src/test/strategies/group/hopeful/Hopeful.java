import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Expects more of itself than it does. */
public class Hopeful implements TradingStrategy {
    private int bars;

    @Override
    public double onBar(BarSeries history) {
        bars++;
        return bars % 3 == 0 ? 0 : 1;
    }
}
