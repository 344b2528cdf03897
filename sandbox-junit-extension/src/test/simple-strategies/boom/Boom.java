import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class Boom implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        if (history.getBarCount() == 5) {
            throw new IllegalStateException("enough");
        }
        return 1;
    }
}
