import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: loads native code. */
public class LoadsLibrary implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        System.load("/tmp/x.so");
        return 1;
    }
}
