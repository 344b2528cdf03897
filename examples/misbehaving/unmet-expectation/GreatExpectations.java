import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Holds what fell by a third in between, and promises a drawdown of a tenth. */
public class GreatExpectations implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        return 1;
    }
}
