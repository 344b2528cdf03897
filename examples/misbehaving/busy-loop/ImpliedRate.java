import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Looks for a root by bisection, with a tolerance that no double can reach. */
public class ImpliedRate implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        double close = history.getLastBar().getClosePrice().doubleValue();
        double low = 0;
        double high = close;
        while (high - low > 1e-300) {
            double middle = (low + high) / 2;
            if (middle * middle < close) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low > 20 ? 1 : 0;
    }
}
