import io.strategysandbox.api.TradingStrategy;
import java.util.List;
import org.ta4j.core.BarSeries;

public class EnsembleAverage implements TradingStrategy {
    private static final List<Integer> WINDOWS = List.of(5, 10, 20, 50);

    @Override
    public double onBar(BarSeries history) {
        int last = history.getEndIndex();
        double close = history.getLastBar().getClosePrice().doubleValue();
        return WINDOWS.parallelStream()
                .filter(window -> last >= window)
                .mapToDouble(window -> close > history.getBar(last - window).getClosePrice().doubleValue() ? 0.25 : 0)
                .sum();
    }
}
