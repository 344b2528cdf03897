package io.strategysandbox.core;

import io.strategysandbox.core.market.MarketDataException;
import io.strategysandbox.core.strategy.Problem;
import io.strategysandbox.core.validation.Category;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.verdict.Verdict;
import java.util.List;

/** Problems of manifests, directories and data as findings, so that a report has one kind of them. */
final class Findings {

    private Findings() {}

    static List<Finding> of(List<Problem> problems) {
        return problems.stream()
                .map(problem ->
                        deny(problem.rule(), problem.path(), problem.line(), problem.column(), problem.message()))
                .toList();
    }

    static List<Finding> of(MarketDataException unusable) {
        return of(unusable.problems());
    }

    static List<Finding> of(Verdict.CompileError error) {
        return error.messages().stream()
                .map(message -> new Finding(
                        "does-not-compile",
                        Category.OTHER,
                        Severity.DENY,
                        Layer.COMPILE,
                        message.path(),
                        message.line(),
                        message.column(),
                        message.message()))
                .toList();
    }

    static List<Finding> unknownMetrics(List<String> messages) {
        return messages.stream()
                .map(message -> deny("manifest-unknown-metric", "strategy.yaml", 0, 0, message))
                .toList();
    }

    private static Finding deny(String rule, String path, int line, int column, String message) {
        return new Finding(rule, Category.OTHER, Severity.DENY, Layer.TEXT, path, line, column, message);
    }
}
