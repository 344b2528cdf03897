import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: writes a file. */
public class WritesFile implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        try (var out = new java.io.FileWriter("/tmp/x")) { out.write(1); } catch (java.io.IOException e) { return 0; }
        return 1;
    }
}
