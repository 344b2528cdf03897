import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Returns a number of ta4j where a double is wanted. */
public class Draft implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        return history.getLastBar().getClosePrice();
    }
}
