package io.strategysandbox.core.backend;

import java.util.Arrays;

/**
 * What a strategy decided: the target exposure after each bar, from bar 0 on without a gap. Checked: every target is in
 * [-1, 1]. Immutable.
 */
public final class Decisions {

    /** No decision. */
    public static final Decisions NONE = new Decisions(new double[0]);

    private final double[] targets;

    private Decisions(double[] targets) {
        this.targets = targets;
    }

    /**
     * Decisions.
     *
     * @param targets the target exposure after bar 0, 1, …, as fractions of equity; copied
     * @return the decisions
     * @throws IllegalArgumentException if a target is NaN or outside [-1, 1], naming the bar
     */
    public static Decisions of(double... targets) {
        for (int bar = 0; bar < targets.length; bar++) {
            if (!(targets[bar] >= -1 && targets[bar] <= 1)) {
                throw new IllegalArgumentException(
                        "bar " + bar + ": target exposure " + targets[bar] + " is outside [-1, 1]");
            }
        }
        return new Decisions(targets.clone());
    }

    /** {@return the number of bars decided on} */
    public int size() {
        return targets.length;
    }

    /**
     * The target exposure after a bar closed.
     *
     * @param bar the bar's index
     * @return a fraction of equity in [-1, 1]
     */
    public double target(int bar) {
        return targets[bar];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decisions that && Arrays.equals(targets, that.targets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(targets);
    }

    @Override
    public String toString() {
        return Arrays.toString(targets);
    }
}
