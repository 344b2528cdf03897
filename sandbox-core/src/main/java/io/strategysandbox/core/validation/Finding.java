package io.strategysandbox.core.validation;

import java.util.Comparator;

/**
 * One thing that a check found.
 *
 * @param rule a stable id, such as {@code process-start}
 * @param category what kind of danger it is about
 * @param severity whether it refuses the strategy
 * @param layer which check found it
 * @param path the file, relative to the strategy directory, with '/' between names
 * @param line the line, from 1; 0 if it is not about a line
 * @param column the column, from 1; 0 if unknown
 * @param snippet the line of the source, cut to fit and made safe to show; empty if it is not about a line
 * @param message what was found, why it matters, and what to do instead
 */
public record Finding(
        String rule,
        Category category,
        Severity severity,
        Layer layer,
        String path,
        int line,
        int column,
        String snippet,
        String message)
        implements Comparable<Finding> {

    private static final Comparator<Finding> BY_PLACE = Comparator.comparing(Finding::path)
            .thenComparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::layer)
            .thenComparing(Finding::message);

    /**
     * A finding that shows no line yet.
     *
     * @param rule a stable id
     * @param category what kind of danger it is about
     * @param severity whether it refuses the strategy
     * @param layer which check found it
     * @param path the file, relative to the strategy directory
     * @param line the line, from 1; 0 if it is not about a line
     * @param column the column, from 1; 0 if unknown
     * @param message what was found, why it matters, and what to do instead
     */
    public Finding(
            String rule,
            Category category,
            Severity severity,
            Layer layer,
            String path,
            int line,
            int column,
            String message) {
        this(rule, category, severity, layer, path, line, column, "", message);
    }

    /** {@return the same finding with the line of the source that it is about} */
    Finding showing(String sourceLine) {
        return new Finding(rule, category, severity, layer, path, line, column, sourceLine, message);
    }

    /** {@return the same finding, refusing the strategy} */
    Finding refusing() {
        return new Finding(rule, category, Severity.DENY, layer, path, line, column, snippet, message);
    }

    @Override
    public int compareTo(Finding other) {
        return BY_PLACE.compare(this, other);
    }

    /** Whether a finding refuses the strategy. */
    public enum Severity {
        /** The strategy is refused. */
        DENY,
        /** The strategy may run; somebody should look. */
        WARN
    }

    /** Which check found it. */
    public enum Layer {
        /** Manifest, data and the text of the source. */
        TEXT,
        /** The syntax tree of the source. */
        AST,
        /** The compiler. */
        COMPILE,
        /** The class files. */
        BYTECODE
    }
}
