import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/**
 * The baseline that every other strategy has to beat: in with everything at the first chance, whole shares only, and out
 * at the last open.
 */
public class BuyAndHold implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        return 1;
    }
}
