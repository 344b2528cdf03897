package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.report.ValidationEntry;
import io.strategysandbox.core.report.ValidationJson;
import io.strategysandbox.core.testing.StrategyFolder;
import io.strategysandbox.core.validation.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finding names its file from the strategy directory, also where the directory itself cannot be used. */
class BrokenStrategyTest {

    @TempDir
    Path root;

    @Test
    void aReportNamesTheDirectoryOnce() throws Exception {
        StrategyFolder folder = new StrategyFolder(root)
                .source("group/typo", "strategy.yaml", "name: typo\ndirektion: long\n")
                .source("group/typo", "Typo.java", "class Typo {}\n")
                .source("no-manifest", "A.java", "class A {}\n");
        Files.createDirectories(folder.strategies().resolve("empty"));

        List<ValidationEntry> entries = Sandbox.validate(
                ConfigLoader.defaults(),
                new RunRequest(folder.strategies(), Optional.empty(), folder.output()),
                SandboxListener.SILENT);

        assertThat(new ObjectMapper().readTree(ValidationJson.of(entries)).findValuesAsText("path"))
                .containsExactly("empty", "group/typo/strategy.yaml", "no-manifest");
        assertThat(paths(entries, "typo")).containsExactly("strategy.yaml");
        assertThat(paths(entries, "empty")).containsExactly("");
    }

    @Test
    void aStrategyWithoutDataIsPointedToItsManifest() throws Exception {
        StrategyFolder folder = new StrategyFolder(root)
                .source("no-data", "strategy.yaml", "name: no-data\n")
                .source("no-data", "A.java", "class A {}\n");
        Files.createDirectories(folder.strategies().resolve("empty"));

        RunReport report;
        try (Sandbox sandbox = Sandbox.open(local(), SandboxListener.SILENT)) {
            report = sandbox.run(new RunRequest(folder.strategies(), Optional.empty(), folder.output()));
        }

        assertThat(report.strategies())
                .extracting(
                        BacktestResult::name, result -> result.findings().get(0).path())
                .containsExactly(tuple("empty", ""), tuple("no-data", "strategy.yaml"));
        assertThat(report.strategies().get(0).verdict().summary()).startsWith("the directory is empty");
        assertThat(report.strategies().get(1).verdict().summary()).startsWith("strategy.yaml: no data is named");
    }

    private static List<String> paths(List<ValidationEntry> entries, String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .flatMap(entry -> entry.report().findings().stream())
                .map(Finding::path)
                .toList();
    }

    private static SandboxConfig local() {
        SandboxConfig defaults = ConfigLoader.defaults();
        SandboxSection section = defaults.sandbox();
        return defaults.with(new SandboxSection(
                BackendChoice.LOCAL,
                section.isolation(),
                section.validation(),
                section.parallelism(),
                section.failOnViolation(),
                section.haltOnFailure(),
                section.validator(),
                section.compiler()));
    }
}
