import io.strategysandbox.api.TradingStrategy;
import java.util.List;
import org.ta4j.core.BarSeries;

public class SeriesInspector implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        try {
            var bars = history.getClass().getDeclaredField("bars");
            bars.setAccessible(true);
            return ((List<?>) bars.get(history)).size() % 2;
        } catch (Exception e) {
            return 0;
        }
    }
}
