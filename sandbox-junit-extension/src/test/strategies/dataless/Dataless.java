import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Has no bars to run on. */
public class Dataless implements TradingStrategy {
    private int bars;

    @Override
    public double onBar(BarSeries history) {
        bars++;
        return 1;
    }
}
