package io.strategysandbox.junit;

import java.math.BigDecimal;
import java.util.function.DoublePredicate;

/** What a figure is expected to be, and how that is said. A figure that does not exist meets no bound. */
public final class Bound {

    private final String words;
    private final DoublePredicate met;

    private Bound(String words, DoublePredicate met) {
        this.words = words;
        this.met = met;
    }

    /**
     * At or above a value.
     *
     * @param least the value
     * @return the bound
     */
    public static Bound atLeast(double least) {
        return new Bound("at least " + plain(least), value -> value >= least);
    }

    /**
     * At or below a value.
     *
     * @param most the value
     * @return the bound
     */
    public static Bound atMost(double most) {
        return new Bound("at most " + plain(most), value -> value <= most);
    }

    /**
     * Equal to a value, to the last bit.
     *
     * @param exact the value
     * @return the bound
     */
    public static Bound exactly(double exact) {
        return new Bound("exactly " + plain(exact), value -> value == exact);
    }

    /**
     * Above a value.
     *
     * @param value the value
     * @return the bound
     */
    public static Bound above(double value) {
        return new Bound("above " + plain(value), found -> found > value);
    }

    /**
     * Below a value.
     *
     * @param value the value
     * @return the bound
     */
    public static Bound below(double value) {
        return new Bound("below " + plain(value), found -> found < value);
    }

    /**
     * Between two values, both included.
     *
     * @param least the lower
     * @param most the upper
     * @return the bound
     */
    public static Bound between(double least, double most) {
        return new Bound("between " + plain(least) + " and " + plain(most), value -> value >= least && value <= most);
    }

    boolean isMetBy(double value) {
        return met.test(value);
    }

    static String plain(double value) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? "undefined"
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return words;
    }
}
