package ensemble;

import org.ta4j.core.BarSeries;

/** Against the crowd: up after some closes in a row that fell, down after as many that rose. */
record Pullback(int run) implements Voter {
    @Override
    public int vote(BarSeries history) {
        int direction = 0;
        for (int barsAgo = 0; barsAgo < run; barsAgo++) {
            direction += (int) Math.signum(Voter.close(history, barsAgo) - Voter.close(history, barsAgo + 1));
        }
        return Math.abs(direction) == run ? -Integer.signum(direction) : 0;
    }
}
