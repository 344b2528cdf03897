import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class Follower implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        return history.getLastBar().isBullish() ? 0 : 1;
    }
}
