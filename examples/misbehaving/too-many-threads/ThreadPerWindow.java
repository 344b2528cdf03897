import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** A thread for each of a thousand windows. */
public class ThreadPerWindow implements TradingStrategy {
    private final Object never = new Object();

    @Override
    public double onBar(BarSeries history) {
        for (int window = 0; window < 1_000; window++) {
            new Thread(this::await).start();
        }
        return 1;
    }

    private void await() {
        synchronized (never) {
            try {
                never.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
