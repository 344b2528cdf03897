import io.strategysandbox.api.TradingStrategy;
import java.util.Locale;
import java.util.TimeZone;
import org.ta4j.core.BarSeries;

public class EuropeanSession implements TradingStrategy {
    public EuropeanSession() {
        Locale.setDefault(Locale.GERMANY);
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    }

    @Override
    public double onBar(BarSeries history) {
        return history.getLastBar().getEndTime().getHour() < 17 ? 1 : 0;
    }
}
