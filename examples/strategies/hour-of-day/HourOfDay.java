import io.strategysandbox.api.Parameters;
import io.strategysandbox.api.TradingStrategy;
import java.time.ZoneOffset;
import org.ta4j.core.BarSeries;

/**
 * Season: long during some hours of the day only, in UTC. A bar of trades carries its beginning as its time, and what is decided
 * after it fills when the next one begins; so the hour that counts is the one after the last bar's. A week of data shows the form
 * and proves no season. Sized in whole bitcoins: a fixed stake keeps the days comparable.
 */
public class HourOfDay implements TradingStrategy {
    private final int from;
    private final int until;

    public HourOfDay(Parameters parameters) {
        from = parameters.getInt("from");
        until = parameters.getInt("until");
    }

    @Override
    public double onBar(BarSeries history) {
        int beginning = history.getLastBar()
                .getEndTime()
                .withZoneSameInstant(ZoneOffset.UTC)
                .getHour();
        int next = (beginning + 1) % 24;
        boolean within = from <= until ? from <= next && next < until : next >= from || next < until;
        return within ? 1 : 0;
    }
}
