import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class Never implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        return 0;
    }
}
