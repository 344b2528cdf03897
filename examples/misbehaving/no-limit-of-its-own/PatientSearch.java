import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Steps down to zero by tenths, misses it by a rounding error, and goes on. Its manifest sets no limit; the build's holds. */
public class PatientSearch implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        double distance = 1;
        int steps = 0;
        while (distance != 0) {
            distance -= 0.1;
            steps++;
        }
        return 1.0 / steps;
    }
}
