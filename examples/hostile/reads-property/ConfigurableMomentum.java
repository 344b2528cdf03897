import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class ConfigurableMomentum implements TradingStrategy {
    private final int window = Integer.getInteger("momentum.window", 20);

    @Override
    public double onBar(BarSeries history) {
        int last = history.getEndIndex();
        if (last < window) {
            return 0;
        }
        return history.getBar(last).getClosePrice().isGreaterThan(history.getBar(last - window).getClosePrice()) ? 1 : 0;
    }
}
