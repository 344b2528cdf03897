import io.strategysandbox.api.TradingStrategy;
import java.util.ArrayList;
import java.util.List;
import org.ta4j.core.BarSeries;

public class BarCache implements TradingStrategy {
    private static final List<Snapshot> KEPT = new ArrayList<>();

    static class Snapshot {
        private final double close;

        Snapshot(double close) {
            this.close = close;
        }

        @Override
        protected void finalize() {
            KEPT.add(this);
        }
    }

    @Override
    public double onBar(BarSeries history) {
        Snapshot snapshot = new Snapshot(history.getLastBar().getClosePrice().doubleValue());
        return KEPT.isEmpty() || KEPT.get(0).close < snapshot.close ? 1 : 0;
    }
}
