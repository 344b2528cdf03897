import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Left its tracing on, in the innermost loop. */
public class VerboseTrend implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        int rises = 0;
        for (int window = 1; window < 1_000_000; window++) {
            int before = Math.max(0, history.getEndIndex() - window);
            boolean rose = history.getLastBar().getClosePrice().isGreaterThan(history.getBar(before).getClosePrice());
            rises += rose ? 1 : 0;
            System.out.println("window " + window + ": " + rises + " rises, last close " + history.getLastBar());
        }
        return rises > 500_000 ? 1 : 0;
    }
}
