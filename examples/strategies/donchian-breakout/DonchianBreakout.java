import io.strategysandbox.api.Parameters;
import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Breakout: long above the highest high of the last bars, flat below the lowest low (Donchian; Faith, 2007). */
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
        if (last < entry) {
            return 0;
        }
        double close = history.getBar(last).getClosePrice().doubleValue();
        double highest = 0;
        for (int i = last - entry; i < last; i++) {
            highest = Math.max(highest, history.getBar(i).getHighPrice().doubleValue());
        }
        double lowest = Double.MAX_VALUE;
        for (int i = last - exit; i < last; i++) {
            lowest = Math.min(lowest, history.getBar(i).getLowPrice().doubleValue());
        }
        if (close > highest) {
            target = 1;
        } else if (close < lowest) {
            target = 0;
        }
        return target;
    }
}
