import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: ends the JVM behind a unicode escape. */
public class Disguises implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        \u0053ystem.exit(0);
        return 1;
    }
}
