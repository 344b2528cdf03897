import org.ta4j.core.BarSeries;
import org.ta4j.core.Strategy;

/** Returns no strategy. */
public class Unfinished {
    public static Strategy buildStrategy(BarSeries series) {
        return null;
    }
}
