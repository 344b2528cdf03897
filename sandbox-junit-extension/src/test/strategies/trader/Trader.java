import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Holds every other bar. */
public class Trader implements TradingStrategy {
    private int bars;

    @Override
    public double onBar(BarSeries history) {
        bars++;
        return bars % 2;
    }
}
