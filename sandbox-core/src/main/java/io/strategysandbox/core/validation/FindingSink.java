package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.Dangers.Danger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what one layer finds in one file, and gives up counting before a hostile file fills the memory. */
final class FindingSink {

    private static final int MAX_FINDINGS = 100;

    private final Finding.Layer layer;
    private final String path;
    private final Dangers dangers;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private int denied;
    private boolean dropped;

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
        addShown(rule, category, severity, line, column, PrintableName.of(message));
    }

    /** Says at a line what has been said, in words that are safe to show, without one. */
    void repeat(Finding finding, int line) {
        addShown(finding.rule(), finding.category(), finding.severity(), line, 0, finding.message());
    }

    private void addShown(
            String rule, Category category, Finding.Severity severity, int line, int column, String shown) {
        // Counted apart: warnings must not hide where a file is refused.
        int count = severity == Finding.Severity.DENY ? denied : findings.size() - denied;
        if (count >= MAX_FINDINGS) {
            dropped = true;
            return;
        }
        if (line <= 0 && said(rule, shown)) {
            return;
        }
        boolean added = findings.add(
                new Finding(rule, category, severity, layer, path, Math.max(line, 0), Math.max(column, 0), shown));
        denied += added && severity == Finding.Severity.DENY ? 1 : 0;
    }

    /** Whether the same has been said of a line. */
    private boolean said(String rule, String message) {
        return findings.stream()
                .anyMatch(finding ->
                        finding.rule().equals(rule) && finding.message().equals(message));
    }

    /** There may be more, and nobody looks. */
    void cut() {
        dropped = true;
    }

    /** Whether nothing more would be listed of why the file is refused. */
    boolean isFull() {
        return denied >= MAX_FINDINGS;
    }

    /** Whether the file is refused already. */
    boolean denied() {
        return denied > 0;
    }

    List<Finding> findings() {
        if (dropped) {
            findings.add(new Finding(
                    "more-findings",
                    Category.OTHER,
                    Finding.Severity.WARN,
                    layer,
                    path,
                    0,
                    0,
                    "more findings in this file are not listed. Mend the listed ones first."));
        }
        return List.copyOf(findings);
    }
}
