import io.strategysandbox.api.Parameters;
import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/**
 * Long and short: against the distance of the close from its mean, in standard deviations, and the more the farther away. A
 * quarter of the equity for each whole deviation, so that small moves trade nothing. In a week that nearly only rises, betting
 * against the rise loses money, and the result says so.
 */
public class LongShortZScore implements TradingStrategy {
    private static final double EXPOSURE_PER_DEVIATION = 0.25;
    private final int window;

    public LongShortZScore(Parameters parameters) {
        window = parameters.getInt("window");
    }

    @Override
    public double onBar(BarSeries history) {
        int last = history.getEndIndex();
        if (last + 1 < window) {
            return 0;
        }
        double mean = 0;
        for (int i = last - window + 1; i <= last; i++) {
            mean += close(history, i) / window;
        }
        double variance = 0;
        for (int i = last - window + 1; i <= last; i++) {
            double distance = close(history, i) - mean;
            variance += distance * distance / (window - 1);
        }
        if (variance == 0) {
            return 0;
        }
        int deviations = (int) ((close(history, last) - mean) / Math.sqrt(variance));
        return Math.max(-1, Math.min(1, -EXPOSURE_PER_DEVIATION * deviations));
    }

    private static double close(BarSeries history, int index) {
        return history.getBar(index).getClosePrice().doubleValue();
    }
}
