import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

/** Must be refused: reads a file. */
public class ReadsFile implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        try { System.out.println(java.nio.file.Files.readString(java.nio.file.Path.of("/etc/passwd"))); } catch (java.io.IOException e) { return 0; }
        return 1;
    }
}
