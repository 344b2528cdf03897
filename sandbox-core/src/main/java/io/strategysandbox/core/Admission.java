package io.strategysandbox.core;

import io.strategysandbox.core.backtest.Expectations;
import io.strategysandbox.core.compilation.CompilationResult;
import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.strategy.StrategyDirectory;
import io.strategysandbox.core.validation.EntryPoints;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.validation.SecurityValidator;
import io.strategysandbox.core.validation.ValidationReport;
import io.strategysandbox.core.verdict.Verdict;
import java.util.List;
import java.util.Optional;
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

    /** What a configuration makes of a validator and a compiler. */
    static Admission of(SandboxConfig config, StrategyCompiler compiler, ValidationMode mode) {
        return new Admission(
                SecurityValidator.create(
                        config.sandbox().validator(), config.docker().image().libraries()),
                compiler,
                mode);
    }

    /** Whether a strategy may run, and what was found on the way there. */
    sealed interface Decision {
        List<Finding> findings();

        long validateMs();

        long compileMs();

        /** {@return all findings, those of the compiler about these sources among them} */
        default List<Finding> allFindings(List<SourceFile> sources) {
            return findings();
        }
    }

    /** It may run. */
    record Admitted(CompiledClasses classes, String entry, List<Finding> findings, long validateMs, long compileMs)
            implements Decision {}

    /** It may not. */
    record Refused(Verdict verdict, List<Finding> findings, long validateMs, long compileMs) implements Decision {
        @Override
        public List<Finding> allFindings(List<SourceFile> sources) {
            return verdict instanceof Verdict.CompileError error
                    ? Stream.concat(findings.stream(), Findings.of(error, sources).stream())
                            .toList()
                    : findings;
        }
    }

    Decision decide(StrategyDirectory strategy) throws InterruptedException {
        Inspection seen = inspect(strategy.sources());
        if (seen.classes().isEmpty()) {
            return seen.error().isPresent() && !refusing(seen.report())
                    ? new Refused(seen.error().get(), seen.report().findings(), seen.validateMs(), seen.compileMs())
                    : refused(seen.report(), seen);
        }
        EntryPoints.Result entry =
                EntryPoints.find(seen.classes().get(), strategy.manifest().entry());
        if (entry instanceof EntryPoints.Missing missing) {
            // Without an entry there is nothing to run, whatever the mode.
            return refused(seen.report().and(new ValidationReport(List.of(missing.finding()))), seen);
        }
        if (refusing(seen.report())) {
            return refused(seen.report(), seen);
        }
        return new Admitted(
                seen.classes().get(),
                ((EntryPoints.Found) entry).className(),
                seen.report().findings(),
                seen.validateMs(),
                seen.compileMs());
    }

    /**
     * What all layers say about sources.
     *
     * @param report the findings, those of the compiler apart
     * @param classes the class files; absent if there are none
     * @param error what the compiler says; absent if it was not asked, or content
     */
    private record Inspection(
            ValidationReport report,
            Optional<CompiledClasses> classes,
            Optional<Verdict.CompileError> error,
            long validateMs,
            long compileMs) {}

    private Inspection inspect(List<SourceFile> sources) throws InterruptedException {
        compiler.prepare();
        long start = System.nanoTime();
        ValidationReport report = validator.checkSources(sources);
        long checked = System.nanoTime();
        long validateMs = (checked - start) / 1_000_000;
        if (refusesText(report)) {
            return new Inspection(report, Optional.empty(), Optional.empty(), validateMs, 0);
        }
        CompilationResult result = compiler.compile(sources);
        long compiled = System.nanoTime();
        long compileMs = (compiled - checked) / 1_000_000;
        if (result instanceof CompilationResult.Failed failed) {
            Verdict.CompileError error = new Verdict.CompileError(failed.messages());
            return new Inspection(report, Optional.empty(), Optional.of(error), validateMs, compileMs);
        }
        CompiledClasses classes = ((CompilationResult.Compiled) result).classes();
        ValidationReport whole = report.and(validator.checkClasses(classes, sources));
        validateMs += (System.nanoTime() - compiled) / 1_000_000;
        return new Inspection(whole, Optional.of(classes), Optional.empty(), validateMs, compileMs);
    }

    /** {@return everything found in sources that need not be a whole strategy, those of the compiler among it} */
    ValidationReport report(List<SourceFile> sources) throws InterruptedException {
        Inspection seen = inspect(sources);
        return seen.error()
                .map(error -> seen.report().and(new ValidationReport(Findings.of(error, sources))))
                .orElse(seen.report());
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

    private static Refused refused(ValidationReport report, Inspection seen) {
        List<Finding> denied = report.findings().stream()
                .filter(finding -> finding.severity() == Severity.DENY)
                .toList();
        return new Refused(new Verdict.Rejected(denied), report.findings(), seen.validateMs(), seen.compileMs());
    }
}
