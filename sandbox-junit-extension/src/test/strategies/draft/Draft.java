import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Is not finished. */
public class Draft implements TradingStrategy {
    private int bars;

    @Override
    public double onBar(BarSeries history) {
        bars++;
        return exposure;
    }
}
