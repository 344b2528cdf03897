import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: opens a connection. */
public class OpensSocket implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        try { new java.net.Socket("localhost", 80).close(); } catch (java.io.IOException e) { return 0; }
        return 1;
    }
}
