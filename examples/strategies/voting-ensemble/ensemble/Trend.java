package ensemble;

import java.util.stream.IntStream;
import org.ta4j.core.BarSeries;

/** Up while the close is above its average. */
record Trend(int window) implements Voter {
    @Override
    public int vote(BarSeries history) {
        double average = IntStream.range(0, window)
                .mapToDouble(barsAgo -> Voter.close(history, barsAgo))
                .average()
                .orElseThrow();
        return (int) Math.signum(Voter.close(history, 0) - average);
    }
}
