import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class VectorisedAverage implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        if (history.getEndIndex() == 0) {
            System.load("/tmp/libsimd.so");
        }
        double sum = 0;
        for (int i = 0; i <= history.getEndIndex(); i++) {
            sum += history.getBar(i).getClosePrice().doubleValue();
        }
        return history.getLastBar().getClosePrice().doubleValue() * history.getBarCount() > sum ? 1 : 0;
    }
}
