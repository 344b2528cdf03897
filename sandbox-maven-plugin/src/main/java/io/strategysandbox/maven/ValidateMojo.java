package io.strategysandbox.maven;

import io.strategysandbox.core.RunRequest;
import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.config.SandboxProperties;
import io.strategysandbox.core.report.AtomicFiles;
import io.strategysandbox.core.report.ConsoleTable;
import io.strategysandbox.core.report.ValidationEntry;
import io.strategysandbox.core.report.ValidationJson;
import io.strategysandbox.core.report.ValidationSarif;
import io.strategysandbox.core.validation.Finding;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Validates every strategy directory of a folder, or every loose Java file, without running any, and writes validation.json and
 * validation.sarif.
 *
 * @since 0.1.0
 */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class ValidateMojo extends AbstractSandboxMojo {

    /** How many were accepted, and that not all were. */
    private static final int LINES_AFTER_THE_FINDINGS = 2;

    /**
     * A folder of loose Java files to look at instead: each is a unit of its own and needs no manifest.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.SOURCE)
    private @Nullable File source;

    @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
    private String version = "";

    @Override
    Path folder() throws MojoExecutionException {
        return source == null ? super.folder() : existing(source, SandboxProperties.SOURCE);
    }

    @Override
    void execute(SandboxConfig configuration, Path folder, Console console)
            throws MojoExecutionException, MojoFailureException, InterruptedException {
        Path file = output().resolve("validation.json");
        String things = source == null ? "strategies" : "files";
        List<ValidationEntry> entries = source == null
                ? Sandbox.validate(
                        configuration, new RunRequest(folder, Optional.empty(), output()), SandboxListener.SILENT)
                : Sandbox.validateSources(configuration, folder, SandboxListener.SILENT);
        try {
            AtomicFiles.write(file, ValidationJson.of(entries));
            AtomicFiles.write(output().resolve("validation.sarif"), ValidationSarif.of(entries, folder, version));
        } catch (IOException e) {
            throw new UncheckedIOException("the report could not be written", e);
        }
        if (entries.isEmpty()) {
            warnOfNothing(console, things, folder, source == null ? "a folder with strategy.yaml" : "Java files");
        }
        long refused =
                entries.stream().filter(entry -> !entry.report().accepted()).count();
        boolean passes = refused == 0 || !configuration.sandbox().failOnViolation();
        show(entries, passes, console, file);
        console.info(
                (entries.size() - refused) + " of " + entries.size() + " " + things + " accepted; report: " + file);
        if (refused > 0) {
            violation(configuration, console, ConsoleTable.refusals(entries, things), file);
        }
    }

    /** What refuses comes first; an error is what fails the build, and only that. */
    private static void show(List<ValidationEntry> entries, boolean passes, Console console, Path file) {
        List<String> refusing = ConsoleTable.findings(entries, Finding.Severity.DENY);
        List<String> others = ConsoleTable.findings(entries, Finding.Severity.WARN);
        int found = refusing.size() + others.size();
        int most = console.left(passes) - LINES_AFTER_THE_FINDINGS;
        int shown = found <= most ? found : most - 1;
        refusing.stream().limit(shown).forEach(passes ? console::warn : console::error);
        others.stream().limit(Math.max(0, shown - refusing.size())).forEach(console::warn);
        if (shown < found) {
            console.warn("… and " + (found - shown) + " more, see " + file);
        }
    }
}
