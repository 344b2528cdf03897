import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;

/** Buys when the next bar will rise. The next bar is not there. */
public class Clairvoyant implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        Bar next = history.getBar(history.getEndIndex() + 1);
        return next.getClosePrice().isGreaterThan(history.getLastBar().getClosePrice()) ? 1 : 0;
    }
}
