package ensemble;

import io.strategysandbox.api.TradingStrategy;
import java.util.List;
import org.ta4j.core.BarSeries;

/**
 * Ensemble: three opinions that err at different times, two that follow the price and one that fades it, in a file each. The mean
 * of their votes is the share of the equity, long or short, so that disagreement means a small position.
 */
public class VotingEnsemble implements TradingStrategy {
    private static final int WARM_UP = 50;
    private final List<Voter> voters = List.of(new Trend(50), new Momentum(20), new Pullback(3));

    @Override
    public double onBar(BarSeries history) {
        if (history.getBarCount() < WARM_UP) {
            return 0;
        }
        int votes = voters.stream().mapToInt(voter -> voter.vote(history)).sum();
        return (double) votes / voters.size();
    }
}
