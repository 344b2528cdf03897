import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class EveryOtherDay implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        return history.getBarCount() % 4 < 2 ? 1 : 0;
    }
}
