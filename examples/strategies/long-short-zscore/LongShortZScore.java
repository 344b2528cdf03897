import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Long and short: against the distance from the mean, in standard deviations, and the more the farther away. */
public class LongShortZScore implements TradingStrategy {
    private static final int WINDOW = 24;

    @Override
    public double onBar(BarSeries history) {
        int last = history.getEndIndex();
        if (last + 1 < WINDOW) {
            return 0;
        }
        double sum = 0;
        double squares = 0;
        for (int i = last - WINDOW + 1; i <= last; i++) {
            double close = history.getBar(i).getClosePrice().doubleValue();
            sum += close;
            squares += close * close;
        }
        double mean = sum / WINDOW;
        double deviation = Math.sqrt(Math.max(0, squares / WINDOW - mean * mean));
        if (deviation == 0) {
            return 0;
        }
        double z = (history.getLastBar().getClosePrice().doubleValue() - mean) / deviation;
        return z > 1.5 ? -0.5 : z < -1.5 ? 0.5 : 0;
    }
}
