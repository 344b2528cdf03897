import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: reflects. */
public class Reflects implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        try { var f = String.class.getDeclaredField("value"); f.setAccessible(true); } catch (ReflectiveOperationException e) { return 0; }
        return 1;
    }
}
