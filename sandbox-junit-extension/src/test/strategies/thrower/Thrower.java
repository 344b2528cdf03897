import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Gives up at its fifth bar. */
public class Thrower implements TradingStrategy {
    private int bars;

    @Override
    public double onBar(BarSeries history) {
        bars++;
        if (bars == 5) {
            System.out.println("no fifth bar for me");
            throw new IllegalStateException("the fifth bar");
        }
        return 1;
    }
}
