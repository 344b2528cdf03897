package io.strategysandbox.core.validation;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one check, or several, found in a set of files.
 *
 * @param findings sorted by place
 */
public record ValidationReport(List<Finding> findings) {

    /** Nothing found. */
    public static final ValidationReport CLEAN = new ValidationReport(List.of());

    /** Sorts and copies the findings. */
    public ValidationReport {
        findings = findings.stream().sorted().distinct().toList();
    }

    /** {@return whether nothing found refuses the strategy} */
    public boolean accepted() {
        return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.DENY);
    }

    /**
     * Adds what another check found.
     *
     * @param other the other check's report
     * @return a report with the findings of both
     */
    public ValidationReport and(ValidationReport other) {
        return new ValidationReport(
                Stream.concat(findings.stream(), other.findings.stream()).toList());
    }
}
