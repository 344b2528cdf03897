package io.strategysandbox.maven;

import io.strategysandbox.core.RunRequest;
import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.report.ConsoleTable;
import io.strategysandbox.core.report.RunReport;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Validates, compiles and backtests every strategy directory of a folder, each in a sandbox of its own, and writes
 * results.json and junit/TEST-sandbox.xml.
 *
 * @since 0.1.0
 */
@Mojo(name = "run", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true, requiresProject = false)
public final class RunMojo extends AbstractSandboxMojo {

    /**
     * The folder that data: in a manifest is relative to. Without it, the folder of the strategies.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.DATA)
    private @Nullable File data;

    /**
     * Where strategies run: auto, docker or local. Without it the configuration decides; it ships with auto.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.BACKEND)
    private @Nullable String backend;

    /**
     * How many strategies share a runner: strategy (none). Without it the configuration decides.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.ISOLATION)
    private @Nullable String isolation;

    /**
     * enforce: a finding that refuses a strategy refuses it. report: it is listed, and the code runs all the same, in a
     * container only. Without it the configuration decides; it ships with enforce.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.VALIDATION)
    private @Nullable String validation;

    /**
     * Strategies at a time; 0 means as many as cores and memory allow. Without it the configuration decides.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.PARALLELISM)
    private @Nullable Integer parallelism;

    /**
     * Whether no further strategy is started after the first verdict other than OK. Without it the configuration
     * decides; it ships with false.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.HALT_ON_FAILURE)
    private @Nullable Boolean haltOnFailure;

    @Override
    Overrides overrides() {
        return new Overrides(
                Optional.ofNullable(backend),
                Optional.ofNullable(isolation),
                Optional.ofNullable(validation),
                Optional.ofNullable(parallelism),
                Optional.ofNullable(haltOnFailure));
    }

    @Override
    void execute(SandboxConfig configuration, Path folder)
            throws MojoFailureException, BackendException, InterruptedException {
        RunReport report;
        Path output;
        try (Sandbox sandbox = Sandbox.open(configuration, new LogListener())) {
            output = output();
            report =
                    sandbox.run(new RunRequest(folder, Optional.ofNullable(data).map(File::toPath), output));
        } catch (MojoExecutionException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
        ConsoleTable.of(report, Integer.MAX_VALUE).forEach(getLog()::info);
        getLog().info("reports: " + output.resolve("results.json"));
        if (!report.successful()) {
            String failed = report.strategies().stream()
                    .filter(result -> !result.verdict().id().equals("OK"))
                    .map(result -> ConsoleTable.line(
                            result.name() + " (" + result.verdict().id() + ")"))
                    .collect(Collectors.joining(", "));
            violation(configuration, "not every strategy is OK: " + failed + "; see " + output.resolve("results.json"));
        }
    }

    /** Says what a run says, in the build's log. */
    private final class LogListener implements SandboxListener {
        @Override
        public void warning(String message) {
            getLog().warn("*".repeat(72));
            getLog().warn(message);
            getLog().warn("*".repeat(72));
        }

        @Override
        public void progress(String message) {
            getLog().info(message);
        }

        @Override
        public void strategyFinished(BacktestResult result) {
            getLog().debug(ConsoleTable.line(
                    result.name() + ": " + result.verdict().id()));
        }
    }
}
