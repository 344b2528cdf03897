package io.strategysandbox.core.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What isolation costs one strategy: (sandboxed time - unsandboxed time) / unsandboxed time, same strategy, same bars, in
 * turn. Both times go from asking for a runner until it is gone; what validates and compiles is not part of either.
 *
 * @param sandboxedMs the times in the sandbox, by round, in milliseconds
 * @param unsandboxedMs the times in a JVM of their own with nothing around it, by round, in milliseconds; as many
 */
public record Overhead(List<Double> sandboxedMs, List<Double> unsandboxedMs) {

    /** The fewest rounds whose extremes enclose the true median with enough certainty for the first look. */
    public static final int LEAST_ROUNDS = 7;

    /** How often somebody may look whether there are rounds enough; more often, and chance decides. */
    public static final int LOOKS = 3;

    /** Of 5 % in all, what each look may err. */
    private static final double ERROR = 0.05 / LOOKS;

    /** Copies the lists. */
    public Overhead {
        sandboxedMs = List.copyOf(sandboxedMs);
        unsandboxedMs = List.copyOf(unsandboxedMs);
        if (sandboxedMs.size() != unsandboxedMs.size() || sandboxedMs.size() < LEAST_ROUNDS) {
            throw new IllegalArgumentException("needs as many rounds of one as of the other, and at least "
                    + LEAST_ROUNDS + "; has " + sandboxedMs.size() + " and " + unsandboxedMs.size());
        }
    }

    /** {@return how often each was done} */
    public int rounds() {
        return sandboxedMs.size();
    }

    /** {@return the median of the times in the sandbox, in milliseconds} */
    public double sandboxedMedianMs() {
        return median(sandboxedMs);
    }

    /** {@return the median of the times without, in milliseconds} */
    public double unsandboxedMedianMs() {
        return median(unsandboxedMs);
    }

    /** {@return the overhead as a fraction of the unsandboxed time: the median over the rounds} */
    public double fraction() {
        return median(fractions());
    }

    /** {@return the lower end of what encloses the true overhead with a probability of 95 %, as a fraction} */
    public double low() {
        return sorted(fractions()).get(rank());
    }

    /** {@return the upper end of what encloses the true overhead with a probability of 95 %, as a fraction} */
    public double high() {
        return sorted(fractions()).get(rounds() - 1 - rank());
    }

    /**
     * Whether the overhead is above a bound, noise considered.
     *
     * @param bound the bound, as a fraction
     * @return true if all of what may be the true overhead is above it
     */
    public boolean exceeds(double bound) {
        return low() > bound;
    }

    /**
     * Whether the noise leaves no doubt on which side of a bound the overhead is.
     *
     * @param bound the bound, as a fraction
     * @return true if there is none
     */
    public boolean isDecided(double bound) {
        return exceeds(bound) || high() <= bound;
    }

    /** {@return both medians, the overhead and its noise, in a line} */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "sandboxed %.0f ms, unsandboxed %.0f ms (medians of %d rounds in turn): an overhead of %.2f, with a"
                        + " probability of 95 %% between %.2f and %.2f",
                sandboxedMedianMs(),
                unsandboxedMedianMs(),
                rounds(),
                fraction(),
                low(),
                high());
    }

    private List<Double> fractions() {
        return IntStream.range(0, rounds())
                .mapToObj(i -> (sandboxedMs.get(i) - unsandboxedMs.get(i)) / unsandboxedMs.get(i))
                .toList();
    }

    /** The rank, from 0, of the order statistic that the true median is below with half the probability of an error. */
    private int rank() {
        double term = Math.pow(0.5, rounds());
        double below = 0;
        int rank = -1;
        while (2 * (below + term) <= ERROR) {
            below += term;
            rank++;
            term = term * (rounds() - rank) / (rank + 1);
        }
        return rank;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = sorted(values);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static List<Double> sorted(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted;
    }
}
