package io.strategysandbox.core;

import io.strategysandbox.core.market.MarketDataException;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.Problem;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.core.validation.Category;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.validation.Snippets;
import io.strategysandbox.core.verdict.Verdict;
import java.util.List;

/** Problems of manifests, directories and data as findings, so that a report has one kind of them. */
final class Findings {

    private Findings() {}

    /** A problem names its file from the folder that was searched, a finding from the strategy directory. */
    static List<Finding> of(Candidate.Broken broken) {
        return broken.problems().stream()
                .map(problem -> deny(problem, inside(broken.directory(), problem.path())))
                .toList();
    }

    static Finding of(Problem problem) {
        return deny(problem, problem.path());
    }

    static List<Finding> of(MarketDataException unusable) {
        return unusable.problems().stream().map(Findings::of).toList();
    }

    static List<Finding> of(Verdict.CompileError error, List<SourceFile> sources) {
        List<Finding> findings = error.messages().stream()
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
        return Snippets.show(findings, sources);
    }

    static List<Finding> unknownMetrics(List<String> messages) {
        return messages.stream()
                .map(message -> deny("manifest-unknown-metric", StrategyDiscovery.MANIFEST, 0, 0, message))
                .toList();
    }

    private static String inside(String directory, String path) {
        if (path.equals(directory)) {
            return "";
        }
        return path.startsWith(directory + "/") ? path.substring(directory.length() + 1) : path;
    }

    private static Finding deny(Problem problem, String path) {
        return deny(problem.rule(), path, problem.line(), problem.column(), problem.message());
    }

    private static Finding deny(String rule, String path, int line, int column, String message) {
        return new Finding(rule, Category.OTHER, Severity.DENY, Layer.TEXT, path, line, column, message);
    }
}
