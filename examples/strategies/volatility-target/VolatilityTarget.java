import io.strategysandbox.api.Parameters;
import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/**
 * Fractions: holds less when prices swing more, so that the risk stays level (Harvey and others, 2018). The target is the wanted
 * volatility over that of the last days, both a year, and never more than everything.
 */
public class VolatilityTarget implements TradingStrategy {
    private static final double TRADING_DAYS = 252;
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
            double change = Math.log(close(history, i) / close(history, i - 1));
            squares += change * change;
        }
        // A mean of daily returns is noise beside their swings, so it is taken as zero.
        double volatility = Math.sqrt(squares / window * TRADING_DAYS);
        // In steps of a tenth: an unchanged target trades nothing.
        return Math.min(1, Math.floor(10 * wanted / volatility) / 10);
    }

    private static double close(BarSeries history, int index) {
        return history.getBar(index).getClosePrice().doubleValue();
    }
}
