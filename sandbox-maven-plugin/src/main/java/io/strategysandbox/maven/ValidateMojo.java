package io.strategysandbox.maven;

import io.strategysandbox.core.RunRequest;
import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.report.AtomicFiles;
import io.strategysandbox.core.report.ConsoleTable;
import io.strategysandbox.core.report.ValidationEntry;
import io.strategysandbox.core.report.ValidationJson;
import io.strategysandbox.core.validation.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Validates every strategy directory of a folder without running any, and writes validation.json.
 *
 * @since 0.1.0
 */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class ValidateMojo extends AbstractSandboxMojo {

    @Override
    void execute(SandboxConfig configuration, Path folder) throws MojoFailureException, InterruptedException {
        Path file;
        List<ValidationEntry> entries;
        try {
            file = output().resolve("validation.json");
            entries = Sandbox.validate(
                    configuration, new RunRequest(folder, Optional.empty(), output()), SandboxListener.SILENT);
            AtomicFiles.write(file, ValidationJson.of(entries));
        } catch (IOException e) {
            throw new UncheckedIOException("the report could not be written", e);
        } catch (MojoExecutionException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
        entries.forEach(this::show);
        List<String> refused = entries.stream()
                .filter(entry -> !entry.report().accepted())
                .map(entry -> ConsoleTable.line(entry.name()))
                .toList();
        getLog().info((entries.size() - refused.size()) + " of " + entries.size() + " strategies accepted; report: "
                + file);
        if (!refused.isEmpty()) {
            violation(
                    configuration,
                    refused.size() + " of " + entries.size() + " strategies refused: "
                            + refused.stream().collect(Collectors.joining(", ")) + "; see " + file);
        }
    }

    /** One line for each place and rule: the layers often see the same thing. */
    private void show(ValidationEntry entry) {
        Set<String> shown = new HashSet<>();
        for (Finding finding : entry.report().findings()) {
            String place = entry.directory() + ": " + finding.path() + (finding.line() > 0 ? ":" + finding.line() : "");
            if (!shown.add(place + finding.rule())) {
                continue;
            }
            String text = ConsoleTable.line(place + ": " + finding.rule() + ": " + finding.message());
            if (finding.severity() == Finding.Severity.DENY) {
                getLog().error(text);
            } else {
                getLog().warn(text);
            }
        }
    }
}
