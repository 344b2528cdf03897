import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Wants to end the JVM that it runs in. */
public class Exits implements TradingStrategy {
    private int bars;

    @Override
    public double onBar(BarSeries history) {
        bars++;
        if (bars == 5) {
            System.exit(0);
        }
        return 1;
    }
}
