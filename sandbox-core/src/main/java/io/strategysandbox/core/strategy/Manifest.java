package io.strategysandbox.core.strategy;

import io.strategysandbox.api.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code strategy.yaml} says.
 *
 * @param name the strategy's name: letters, digits, '.', '-', '_'
 * @param entry the entry class, if named; otherwise the only class with an entry point
 * @param data which bars it is tested on; absent if whoever runs it brings the bars
 * @param direction the side that a ta4j strategy trades
 * @param cash the equity at the start, in the currency of the prices, above zero
 * @param sizing how a target exposure becomes a quantity
 * @param closeAtEnd whether an open position is closed at the last bar's open
 * @param costs commission and slippage
 * @param expectations what must hold for the result, in the manifest's order
 * @param tags words by which tests are chosen, in the manifest's order
 * @param timeout a wall-clock limit below the build's, if any
 * @param parameters the strategy's own parameters
 */
public record Manifest(
        String name,
        Optional<String> entry,
        Optional<DataSource> data,
        Direction direction,
        double cash,
        Sizing sizing,
        boolean closeAtEnd,
        Costs costs,
        List<Expectation> expectations,
        List<String> tags,
        Optional<Duration> timeout,
        Parameters parameters) {

    /** Copies the lists. */
    public Manifest {
        expectations = List.copyOf(expectations);
        tags = List.copyOf(tags);
    }

    /** The side that a ta4j strategy trades. */
    public enum Direction {
        /** Entering means buying. */
        LONG,
        /** Entering means selling short. */
        SHORT
    }

    /**
     * A file below the data directory.
     *
     * @param file the path, relative to the data directory
     * @param barPeriod present if the file holds single trades, to be aggregated into bars of this length
     */
    public record DataSource(String file, Optional<Duration> barPeriod) {}

    /** How a target exposure becomes a quantity. */
    public sealed interface Sizing {
        /** As much as the equity allows, in fractions of a unit. */
        record Equity() implements Sizing {}

        /** As much as the equity allows, in whole units. */
        record Whole() implements Sizing {}

        /**
         * A fixed number of units times the target exposure.
         *
         * @param units the units at full exposure, above zero
         */
        record Units(double units) implements Sizing {}
    }

    /**
     * What trading costs.
     *
     * @param commission fraction of the traded value, charged on each side; in [0, 1)
     * @param slippageBps how much worse than the open a fill is, in basis points of the price; in [0, 10000)
     */
    public record Costs(double commission, double slippageBps) {}

    /**
     * One line of {@code expect}.
     *
     * @param metric a metric's name
     * @param comparison how the metric is compared with the bound
     * @param bound the bound, in the metric's unit
     */
    public record Expectation(String metric, Comparison comparison, double bound) {}

    /** How a metric is compared with a bound. */
    public enum Comparison {
        /** Above the bound. */
        GREATER(">"),
        /** At or above the bound. */
        AT_LEAST(">="),
        /** Below the bound. */
        LESS("<"),
        /** At or below the bound. */
        AT_MOST("<="),
        /** Equal to the bound. */
        EQUAL("==");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        /** {@return how it is written in a manifest} */
        public String symbol() {
            return symbol;
        }

        /**
         * Compares.
         *
         * @param value the metric's value
         * @param bound the bound
         * @return whether the comparison holds; never if either is NaN
         */
        public boolean holds(double value, double bound) {
            return switch (this) {
                case GREATER -> value > bound;
                case AT_LEAST -> value >= bound;
                case LESS -> value < bound;
                case AT_MOST -> value <= bound;
                case EQUAL -> value == bound;
            };
        }
    }
}
