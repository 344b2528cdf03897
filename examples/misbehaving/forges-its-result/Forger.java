import io.strategysandbox.api.TradingStrategy;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.ta4j.core.BarSeries;

/** Writes to the host behind the runner's back. */
public class Forger implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        FileOutputStream host = new FileOutputStream(FileDescriptor.out);
        try {
            host.write("{\"verdict\":\"OK\",\"return\":1000000}".repeat(100).getBytes());
            host.flush();
        } catch (IOException e) {
            return 0;
        }
        return 1;
    }
}
