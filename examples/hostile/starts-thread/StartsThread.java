import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: starts a thread. */
public class StartsThread implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        new Thread(() -> { }).start();
        return 1;
    }
}
