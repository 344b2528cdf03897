import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Divides by a standard deviation, which is zero when there is only one bar. */
public class UnguardedZScore implements TradingStrategy {
    private double sum;
    private double squares;

    @Override
    public double onBar(BarSeries history) {
        double close = history.getLastBar().getClosePrice().doubleValue();
        sum += close;
        squares += close * close;
        double mean = sum / history.getBarCount();
        double deviation = Math.sqrt(squares / history.getBarCount() - mean * mean);
        return Math.signum((mean - close) / deviation);
    }
}
