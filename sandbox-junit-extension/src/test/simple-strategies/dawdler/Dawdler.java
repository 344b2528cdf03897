import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class Dawdler implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        double sum = 0;
        for (int i = 0; i < 20_000_000; i++) {
            sum += Math.sqrt(i);
        }
        System.out.println("thought about it");
        return sum > 0 ? 1 : 0;
    }
}
