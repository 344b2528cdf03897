package ensemble;

import org.ta4j.core.BarSeries;

/** Up while the close is above that of some bars ago. */
record Momentum(int lookBack) implements Voter {
    @Override
    public int vote(BarSeries history) {
        return (int) Math.signum(Voter.close(history, 0) - Voter.close(history, lookBack));
    }
}
