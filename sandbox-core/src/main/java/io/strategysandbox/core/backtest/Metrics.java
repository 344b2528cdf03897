package io.strategysandbox.core.backtest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of a backtest by name, in the order they should be read. A figure that does not exist (the win rate of no
 * trade) is NaN.
 *
 * @param values name to value
 * @param conventions name of a choice to what was chosen, such as {@code annualisation} to {@code 252 bars a year}
 */
public record Metrics(Map<String, Double> values, Map<String, String> conventions) {

    /** Copies the maps, keeping their order. */
    public Metrics {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        conventions = Collections.unmodifiableMap(new LinkedHashMap<>(conventions));
    }

    /**
     * One figure.
     *
     * @param name its name
     * @return its value, NaN if it does not exist
     */
    public double value(String name) {
        return values.getOrDefault(name, Double.NaN);
    }
}
