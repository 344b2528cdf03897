import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class AccountAware implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        String account = System.getenv("BROKER_ACCOUNT");
        System.out.println("trading for " + account);
        return account == null ? 0 : 1;
    }
}
