import io.strategysandbox.api.Parameters;
import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/**
 * Breakout: in when the close exceeds the highest high of the bars before it, out when it undercuts the lowest low of fewer
 * of them. The long side of the Turtles' first system (Faith, 2007), which used 20 and 10 days; here they are hours.
 */
public class DonchianBreakout implements TradingStrategy {
    private final int entry;
    private final int exit;
    private double target;

    public DonchianBreakout(Parameters parameters) {
        entry = parameters.getInt("entry");
        exit = parameters.getInt("exit");
    }

    @Override
    public double onBar(BarSeries history) {
        int last = history.getEndIndex();
        if (last < Math.max(entry, exit)) {
            return 0;
        }
        double close = history.getBar(last).getClosePrice().doubleValue();
        if (close > highestHigh(history, last - entry, last)) {
            target = 1;
        } else if (close < lowestLow(history, last - exit, last)) {
            target = 0;
        }
        return target;
    }

    private static double highestHigh(BarSeries history, int from, int to) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            highest = Math.max(highest, history.getBar(i).getHighPrice().doubleValue());
        }
        return highest;
    }

    private static double lowestLow(BarSeries history, int from, int to) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = from; i < to; i++) {
            lowest = Math.min(lowest, history.getBar(i).getLowPrice().doubleValue());
        }
        return lowest;
    }
}
