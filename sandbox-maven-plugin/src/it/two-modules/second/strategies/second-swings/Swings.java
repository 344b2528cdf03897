import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class Swings implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        return history.getBarCount() % 5 < 2 ? 1 : -0.5;
    }
}
