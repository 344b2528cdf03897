import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;
import sun.misc.Unsafe;

public class OffHeapWindow implements TradingStrategy {
    private final long window = Unsafe.getUnsafe().allocateMemory(20 * Double.BYTES);

    @Override
    public double onBar(BarSeries history) {
        long slot = window + history.getEndIndex() % 20 * Double.BYTES;
        double before = Unsafe.getUnsafe().getDouble(slot);
        double close = history.getLastBar().getClosePrice().doubleValue();
        Unsafe.getUnsafe().putDouble(slot, close);
        return close > before ? 1 : 0;
    }
}
