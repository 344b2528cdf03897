import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: reads the environment. */
public class ReadsEnvironment implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        System.out.println(System.getenv());
        return 1;
    }
}
