import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Decides nothing, ever. */
public class Sleeper implements TradingStrategy {
    private int bars;

    @Override
    public double onBar(BarSeries history) {
        bars++;
        long step = 0;
        while (step >= 0) {
            step = (step + 1) % 1_000;
        }
        return step;
    }
}
