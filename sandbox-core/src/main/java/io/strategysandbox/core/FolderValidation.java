package io.strategysandbox.core;

import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.host.ScratchFolder;
import io.strategysandbox.core.report.ValidationEntry;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.LooseSources;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.strategy.StrategyDirectory;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.ValidationReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Validates every strategy, or every single source, of a folder and runs none. */
final class FolderValidation {

    private FolderValidation() {}

    static List<ValidationEntry> validate(SandboxConfig config, Path folder, SandboxListener listener)
            throws InterruptedException {
        List<Candidate> candidates = StrategyDiscovery.discover(folder);
        listener.runStarted(candidates.stream().map(Candidate::name).toList());
        List<ValidationEntry> entries = new ArrayList<>();
        try (StrategyCompiler compiler = compiler(config)) {
            Admission admission = Admission.of(config, compiler, ValidationMode.ENFORCE);
            for (Candidate candidate : candidates) {
                listener.strategyStarted(candidate.name());
                entries.add(
                        candidate instanceof Candidate.Loaded loaded
                                ? checked(loaded.strategy(), admission)
                                : entry((Candidate.Broken) candidate));
            }
        }
        return entries;
    }

    static List<ValidationEntry> validateSources(SandboxConfig config, Path folder, SandboxListener listener)
            throws InterruptedException {
        List<LooseSources.Loose> files = LooseSources.discover(folder);
        listener.runStarted(files.stream().map(LooseSources.Loose::path).toList());
        List<ValidationEntry> entries = new ArrayList<>();
        try (StrategyCompiler compiler = compiler(config)) {
            Admission admission = Admission.of(config, compiler, ValidationMode.ENFORCE);
            for (LooseSources.Loose file : files) {
                listener.strategyStarted(file.path());
                List<Finding> problems =
                        file.problem().map(Findings::of).stream().toList();
                ValidationReport report = file.source().isPresent()
                        ? admission.report(List.of(file.source().get()))
                        : new ValidationReport(problems);
                entries.add(new ValidationEntry(file.path(), "", List.of(file.path()), report));
            }
        }
        return entries;
    }

    private static StrategyCompiler compiler(SandboxConfig config) {
        ScratchFolder.sweep();
        return StrategyCompiler.open(
                config.sandbox().compiler(), config.docker().image().libraries());
    }

    private static ValidationEntry checked(StrategyDirectory strategy, Admission admission)
            throws InterruptedException {
        ValidationReport report = new ValidationReport(admission.expectationFindings(strategy))
                .and(new ValidationReport(admission.decide(strategy).allFindings(strategy.sources())));
        List<String> files = strategy.sources().stream().map(SourceFile::path).toList();
        return new ValidationEntry(strategy.name(), strategy.directory(), files, report);
    }

    private static ValidationEntry entry(Candidate.Broken broken) {
        return new ValidationEntry(
                broken.name(), broken.directory(), List.of(), new ValidationReport(Findings.of(broken)));
    }
}
