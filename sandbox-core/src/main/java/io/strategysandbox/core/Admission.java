package io.strategysandbox.core;

import io.strategysandbox.core.backtest.Expectations;
import io.strategysandbox.core.compilation.CompilationResult;
import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.StrategyDirectory;
import io.strategysandbox.core.validation.EntryPoints;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.validation.SecurityValidator;
import io.strategysandbox.core.validation.ValidationReport;
import io.strategysandbox.core.verdict.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** Decides whether a strategy may run: text, syntax tree, compiler, class files, entry. Thread-safe. */
final class Admission {

    private final SecurityValidator validator;
    private final StrategyCompiler compiler;
    private final ValidationMode mode;

    Admission(SecurityValidator validator, StrategyCompiler compiler, ValidationMode mode) {
        this.validator = validator;
        this.compiler = compiler;
        this.mode = mode;
    }

    /** Whether a strategy may run, and what was found on the way there. */
    sealed interface Decision {
        List<Finding> findings();

        long validateMs();

        long compileMs();

        /** {@return all findings, those of the compiler among them} */
        default List<Finding> allFindings() {
            return findings();
        }
    }

    /** It may run. */
    record Admitted(CompiledClasses classes, String entry, List<Finding> findings, long validateMs, long compileMs)
            implements Decision {}

    /** It may not. */
    record Refused(Verdict verdict, List<Finding> findings, long validateMs, long compileMs) implements Decision {
        @Override
        public List<Finding> allFindings() {
            return verdict instanceof Verdict.CompileError error
                    ? Stream.concat(findings.stream(), Findings.of(error).stream())
                            .toList()
                    : findings;
        }
    }

    Decision decide(StrategyDirectory strategy) throws InterruptedException {
        long start = System.nanoTime();
        ValidationReport report = validator.checkSources(strategy.sources());
        long checked = System.nanoTime();
        long validateMs = (checked - start) / 1_000_000;
        if (refusesText(report)) {
            return refused(report, validateMs, 0);
        }
        CompilationResult result = compiler.compile(strategy.sources());
        long compiled = System.nanoTime();
        long compileMs = (compiled - checked) / 1_000_000;
        if (result instanceof CompilationResult.Failed failed) {
            return refusing(report)
                    ? refused(report, validateMs, compileMs)
                    : new Refused(
                            new Verdict.CompileError(failed.messages()), report.findings(), validateMs, compileMs);
        }
        CompiledClasses classes = ((CompilationResult.Compiled) result).classes();
        report = report.and(validator.checkClasses(classes, strategy.sources()));
        EntryPoints.Result entry = EntryPoints.find(classes, strategy.manifest().entry());
        validateMs += (System.nanoTime() - compiled) / 1_000_000;
        if (entry instanceof EntryPoints.Missing missing) {
            // Without an entry there is nothing to run, whatever the mode.
            report = report.and(new ValidationReport(List.of(missing.finding())));
            return refused(report, validateMs, compileMs);
        }
        if (refusing(report)) {
            return refused(report, validateMs, compileMs);
        }
        String className = ((EntryPoints.Found) entry).className();
        return new Admitted(classes, className, report.findings(), validateMs, compileMs);
    }

    /** {@return what is wrong with the names in a manifest's expectations} */
    List<Finding> expectationFindings(StrategyDirectory strategy) {
        return Findings.unknownMetrics(
                Expectations.unknownMetrics(strategy.manifest().expectations()));
    }

    /** Text that is refused is not even given to the compiler: what it means is not what it shows. */
    private boolean refusesText(ValidationReport report) {
        return refusing(report)
                && report.findings().stream()
                        .anyMatch(finding -> finding.layer() == Layer.TEXT && finding.severity() == Severity.DENY);
    }

    private boolean refusing(ValidationReport report) {
        return mode == ValidationMode.ENFORCE && !report.accepted();
    }

    private static Refused refused(ValidationReport report, long validateMs, long compileMs) {
        List<Finding> denied = report.findings().stream()
                .filter(finding -> finding.severity() == Severity.DENY)
                .toList();
        return new Refused(new Verdict.Rejected(denied), report.findings(), validateMs, compileMs);
    }
}
