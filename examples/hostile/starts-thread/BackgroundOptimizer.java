import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class BackgroundOptimizer implements TradingStrategy {
    private volatile int window = 20;

    @Override
    public double onBar(BarSeries history) {
        int last = history.getEndIndex();
        if (last == 0) {
            new Thread(this::search).start();
        }
        return last >= window && history.getBar(last - window).getClosePrice().isLessThan(history.getBar(last).getClosePrice())
                ? 1
                : 0;
    }

    private void search() {
        while (window > 0) {
            window = window % 50 + 1;
        }
    }
}
