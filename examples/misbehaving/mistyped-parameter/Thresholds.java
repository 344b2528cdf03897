import io.strategysandbox.api.Parameters;
import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Wants a whole number; the manifest spells it out. */
public class Thresholds implements TradingStrategy {
    private final int window;

    public Thresholds(Parameters parameters) {
        window = parameters.getInt("window");
    }

    @Override
    public double onBar(BarSeries history) {
        return history.getBarCount() > window ? 1 : 0;
    }
}
