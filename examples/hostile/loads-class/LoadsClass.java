import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: loads a class by name. */
public class LoadsClass implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        try { Class.forName("java.lang.Ru" + "ntime"); } catch (ClassNotFoundException e) { return 0; }
        return 1;
    }
}
