import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class MarketHours implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        String session = "regular";
        if (!session.equals("regular‮ ⁦early close⁩ ⁦")) {
            return 1;
        }
        return history.getLastBar().isBullish() ? 1 : 0;
    }
}
