import io.strategysandbox.api.TradingStrategy;
import java.sql.Connection;
import java.sql.DriverManager;
import org.ta4j.core.BarSeries;

public class OrderBookHistory implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        try (Connection book = DriverManager.getConnection("jdbc:postgresql://book.invalid/depth")) {
            return book.isReadOnly() ? 1 : 0;
        } catch (Exception e) {
            return 0;
        }
    }
}
