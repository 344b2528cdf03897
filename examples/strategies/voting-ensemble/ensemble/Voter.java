package ensemble;

import org.ta4j.core.BarSeries;

/** One opinion about where the price goes. */
public interface Voter {
    /** {@return +1 for up, -1 for down, 0 for no opinion, after the last bar} */
    int vote(BarSeries history);

    /** {@return the close some bars before the last one} */
    static double close(BarSeries history, int barsAgo) {
        return history.getBar(history.getEndIndex() - barsAgo).getClosePrice().doubleValue();
    }
}
