import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class Smoother extends Thread implements TradingStrategy {
    private double smoothed;
    private double last;

    @Override
    public void run() {
        smoothed = 0.9 * smoothed + 0.1 * last;
    }

    @Override
    public double onBar(BarSeries history) {
        last = history.getLastBar().getClosePrice().doubleValue();
        if (history.getEndIndex() == 0) {
            smoothed = last;
            start();
        }
        return last > smoothed ? 1 : 0;
    }
}
