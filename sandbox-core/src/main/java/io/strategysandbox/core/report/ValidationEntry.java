package io.strategysandbox.core.report;

import io.strategysandbox.core.validation.ValidationReport;
import java.util.List;

/**
 * What validation says about one strategy directory or loose file.
 *
 * @param name the strategy's name
 * @param directory the directory or file, relative to the folder that was searched
 * @param files the sources that were looked at, relative to {@code directory}; also those without findings
 * @param report the findings
 */
public record ValidationEntry(String name, String directory, List<String> files, ValidationReport report) {

    /** Copies the list. */
    public ValidationEntry {
        files = List.copyOf(files);
    }
}
