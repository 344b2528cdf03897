import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: starts a process. */
public class StartsProcess implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        try { new ProcessBuilder("id").start(); } catch (java.io.IOException e) { return 0; }
        return 1;
    }
}
