import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Adds a quarter of the equity for each rising bar, and forgets that nobody lends it any. */
public class Leverage implements TradingStrategy {
    private double target;

    @Override
    public double onBar(BarSeries history) {
        target = history.getLastBar().isBullish() ? target + 0.25 : 0;
        return target;
    }
}
