import io.strategysandbox.api.TradingStrategy;
import java.util.ServiceLoader;
import org.ta4j.core.BarSeries;

public class IndicatorRegistry implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        double votes = 0;
        for (TradingStrategy voter : ServiceLoader.load(TradingStrategy.class)) {
            votes += voter.onBar(history);
        }
        return Math.signum(votes);
    }
}
