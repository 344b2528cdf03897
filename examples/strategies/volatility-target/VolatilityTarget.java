import io.strategysandbox.api.Parameters;
import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Fractions: holds less when prices swing more, so that the risk stays level (Moreira and Muir, 2017). */
public class VolatilityTarget implements TradingStrategy {
    private static final double DAYS = 252;
    private final int window;
    private final double wanted;

    public VolatilityTarget(Parameters parameters) {
        window = parameters.getInt("window");
        wanted = parameters.getDouble("volatility");
    }

    @Override
    public double onBar(BarSeries history) {
        int last = history.getEndIndex();
        if (last < window) {
            return 0;
        }
        double squares = 0;
        for (int i = last - window + 1; i <= last; i++) {
            double before = history.getBar(i - 1).getClosePrice().doubleValue();
            double change = history.getBar(i).getClosePrice().doubleValue() / before - 1;
            squares += change * change;
        }
        double volatility = Math.sqrt(squares / window * DAYS);
        // In steps of a tenth: an unchanged target trades nothing.
        return Math.min(1, Math.floor(10 * wanted / volatility) / 10);
    }
}
