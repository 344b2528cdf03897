package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.Dangers.Danger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what one layer finds in one file, and gives up counting before a hostile file fills the memory. */
final class FindingSink {

    private static final int MAX_FINDINGS = 200;

    private final Finding.Layer layer;
    private final String path;
    private final Dangers dangers;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private int dropped;

    FindingSink(Finding.Layer layer, String path, Dangers dangers) {
        this.layer = layer;
        this.path = path;
        this.dangers = dangers;
    }

    void deny(Danger danger, int line, int column, String what) {
        deny(danger.rule(), danger.category(), line, column, what + "." + dangers.advice(danger.category()));
    }

    void deny(String rule, Category category, int line, int column, String message) {
        add(rule, category, Finding.Severity.DENY, line, column, message);
    }

    void warn(String rule, Category category, int line, int column, String message) {
        add(rule, category, Finding.Severity.WARN, line, column, message);
    }

    private void add(String rule, Category category, Finding.Severity severity, int line, int column, String message) {
        if (line <= 0 && saidWithALine(rule, message)) {
            return;
        }
        // A refusal is never the one that is dropped: without it the file would pass.
        if (findings.size() >= MAX_FINDINGS && (severity == Finding.Severity.WARN || denied())) {
            dropped++;
            return;
        }
        findings.add(new Finding(
                rule,
                category,
                severity,
                layer,
                path,
                Math.max(line, 0),
                Math.max(column, 0),
                PrintableName.of(message)));
    }

    private boolean saidWithALine(String rule, String message) {
        String shown = PrintableName.of(message);
        return findings.stream()
                .anyMatch(finding ->
                        finding.rule().equals(rule) && finding.message().equals(shown));
    }

    /** Whether the file is refused already. */
    boolean denied() {
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.DENY);
    }

    List<Finding> findings() {
        if (dropped > 0) {
            findings.add(new Finding(
                    "more-findings",
                    Category.OTHER,
                    Finding.Severity.WARN,
                    layer,
                    path,
                    0,
                    0,
                    dropped + " more findings in this file are not listed. Mend the listed ones first."));
        }
        return List.copyOf(findings);
    }
}
