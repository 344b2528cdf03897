package io.strategysandbox.api;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The {@code params} of a strategy's manifest. Immutable. */
public final class Parameters {

    private final Map<String, Object> values;

    private Parameters(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * Parameters with the given values.
     *
     * @param values name to value; a value is a {@code String}, {@code Boolean}, {@code Long} or {@code Double}
     * @return the parameters, sorted by name
     * @throws IllegalArgumentException if a value is of another type
     */
    public static Parameters of(Map<String, ?> values) {
        Map<String, Object> checked = new TreeMap<>();
        values.forEach((name, value) -> checked.put(name, normalise(name, value)));
        return new Parameters(checked);
    }

    private static Object normalise(String name, Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            return value;
        }
        throw new IllegalArgumentException(
                "parameter '" + name + "' is a " + value.getClass().getSimpleName()
                        + "; allowed are text, true/false, whole numbers and decimal numbers");
    }

    /** {@return the names of all parameters, sorted} */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * Whether a parameter is set.
     *
     * @param name the parameter's name
     * @return true if the manifest sets it
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A whole number.
     *
     * @param name the parameter's name
     * @return its value
     * @throws ParameterException if it is missing, not a whole number, or too large for an int
     */
    public int getInt(String name) {
        Object value = require(name);
        if (value instanceof Long number && number.intValue() == number) {
            return number.intValue();
        }
        throw mistyped(name, value, "a whole number");
    }

    /**
     * A number.
     *
     * @param name the parameter's name
     * @return its value; a whole number is converted
     * @throws ParameterException if it is missing or not a number
     */
    public double getDouble(String name) {
        Object value = require(name);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw mistyped(name, value, "a number");
    }

    /**
     * A text.
     *
     * @param name the parameter's name
     * @return its value
     * @throws ParameterException if it is missing or not a text
     */
    public String getString(String name) {
        Object value = require(name);
        if (value instanceof String text) {
            return text;
        }
        throw mistyped(name, value, "a text");
    }

    /**
     * A switch.
     *
     * @param name the parameter's name
     * @return its value
     * @throws ParameterException if it is missing or neither true nor false
     */
    public boolean getBoolean(String name) {
        Object value = require(name);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw mistyped(name, value, "true or false");
    }

    /** {@return name to value, sorted by name, unmodifiable; values are String, Boolean, Long or Double} */
    public Map<String, Object> asMap() {
        return values;
    }

    private Object require(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new ParameterException("parameter '" + name + "' is missing; add it below params: in strategy.yaml"
                    + (values.isEmpty() ? "" : " (set are: " + String.join(", ", values.keySet()) + ")"));
        }
        return value;
    }

    private static ParameterException mistyped(String name, Object value, String wanted) {
        return new ParameterException(
                "parameter '" + name + "' is '" + value + "', but the strategy asks for " + wanted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
