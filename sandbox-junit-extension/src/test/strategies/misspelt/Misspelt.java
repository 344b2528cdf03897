import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Its manifest has a key that nobody knows. */
public class Misspelt implements TradingStrategy {
    private int bars;

    @Override
    public double onBar(BarSeries history) {
        bars++;
        return 1;
    }
}
