package io.strategysandbox.core.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Values by class name, where a name may end in {@code .*} (a package, without those below), {@code .**} (with those
 * below) or {@code $*} (what is nested in a class). The most precise entry counts.
 */
final class ClassPatterns<T> {

    private final Map<String, T> values = new HashMap<>();
    private int longest;

    void add(String pattern, T value, BinaryOperator<T> merge) {
        values.merge(pattern, value, merge);
        longest = Math.max(longest, pattern.length());
    }

    /** The value of the most precise pattern that covers a binary name with dots. */
    Optional<T> find(String className) {
        return all(className).stream().findFirst();
    }

    /** The values of all patterns that cover a name, the most precise first. */
    List<T> all(String className) {
        List<T> found = new ArrayList<>();
        addTo(found, className);
        int nested = className.lastIndexOf('$');
        if (nested > 0) {
            addTo(found, className.substring(0, nested) + "$*");
        }
        int dot = className.lastIndexOf('.');
        if (dot > 0) {
            addTo(found, className.substring(0, dot) + ".*");
        }
        // A name of thousands of parts must not be looked up thousands of times.
        for (dot = className.lastIndexOf('.', longest); dot > 0; dot = className.lastIndexOf('.', dot - 1)) {
            addTo(found, className.substring(0, dot) + ".**");
        }
        return found;
    }

    private void addTo(List<T> found, String pattern) {
        T value = values.get(pattern);
        if (value != null) {
            found.add(value);
        }
    }
}
