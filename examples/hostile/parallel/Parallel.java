import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: works in parallel. */
public class Parallel implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        return java.util.List.of(1.0).parallelStream().mapToDouble(d -> d).sum() > 0 ? 1 : 0;
    }
}
