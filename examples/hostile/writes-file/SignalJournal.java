import io.strategysandbox.api.TradingStrategy;
import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintWriter;
import org.ta4j.core.BarSeries;

public class SignalJournal implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        double signal = history.getLastBar().isBullish() ? 1 : 0;
        try (PrintWriter journal = new PrintWriter(new FileWriter("/tmp/signal-journal.csv", true))) {
            journal.println(history.getEndIndex() + "," + signal);
        } catch (IOException e) {
            return 0;
        }
        return signal;
    }
}
