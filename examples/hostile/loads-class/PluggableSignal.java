import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class PluggableSignal implements TradingStrategy {
    private static final String[] MODULES = {"java", "lang", "Runtime"};

    @Override
    public double onBar(BarSeries history) {
        try {
            return Class.forName(String.join(".", MODULES)).hashCode() % 2;
        } catch (Exception e) {
            return 0;
        }
    }
}
