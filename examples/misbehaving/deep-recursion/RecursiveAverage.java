import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** An exponential average by its definition, without an end to the recursion. */
public class RecursiveAverage implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        double close = history.getLastBar().getClosePrice().doubleValue();
        return close > average(history, history.getEndIndex()) ? 1 : 0;
    }

    private static double average(BarSeries history, int index) {
        double close = history.getBar(Math.max(0, index)).getClosePrice().doubleValue();
        return 0.1 * close + 0.9 * average(history, index - 1);
    }
}
