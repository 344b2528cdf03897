import io.strategysandbox.api.TradingStrategy;
import java.util.ArrayList;
import java.util.List;
import org.ta4j.core.BarSeries;

/** Takes memory until there is none, catches the error, and trades on as if nothing had been. */
public class GreedyCache implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        List<byte[]> cache = new ArrayList<>();
        try {
            while (cache.size() < 64) {
                cache.add(new byte[1 << 26]);
            }
        } catch (OutOfMemoryError e) {
            cache.clear();
        }
        return cache.isEmpty() ? 1 : 0;
    }
}
