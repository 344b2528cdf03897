import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class KalmanFilter implements TradingStrategy {
    private double state;

    @Override
    public double onBar(BarSeries history) {
        double close = history.getLastBar().getClosePrice().doubleValue();
        state = state == 0 ? close : update(state, close);
        return close > state ? 1 : 0;
    }

    private static native double update(double state, double close);
}
