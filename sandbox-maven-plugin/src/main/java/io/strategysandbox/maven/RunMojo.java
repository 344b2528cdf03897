package io.strategysandbox.maven;

import io.strategysandbox.core.RunRequest;
import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.config.SandboxProperties;
import io.strategysandbox.core.report.ConsoleTable;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.report.RunReportWriter;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
    private @Nullable String haltOnFailure;

    @Override
    Map<String, Optional<String>> overrides() {
        return Map.of(
                SandboxProperties.BACKEND, Optional.ofNullable(backend),
                SandboxProperties.ISOLATION, Optional.ofNullable(isolation),
                SandboxProperties.VALIDATION, Optional.ofNullable(validation),
                SandboxProperties.PARALLELISM, Optional.ofNullable(parallelism).map(String::valueOf),
                SandboxProperties.HALT_ON_FAILURE, Optional.ofNullable(haltOnFailure));
    }

    @Override
    void execute(SandboxConfig configuration, Path folder, Console console)
            throws MojoExecutionException, MojoFailureException, BackendException, InterruptedException {
        Optional<Path> bars = data == null ? Optional.empty() : Optional.of(existing(data, SandboxProperties.DATA));
        Path output = output();
        RunReport report;
        try (Sandbox sandbox = Sandbox.open(configuration, new LogListener(console))) {
            report = sandbox.run(new RunRequest(folder, bars, output));
        }
        if (report.strategies().isEmpty() && report.notStarted().isEmpty()) {
            warnOfNothing(console, "strategies", folder, "a folder with strategy.yaml");
        }
        Path results = output.resolve(RunReportWriter.RESULTS);
        boolean passes = report.successful() || !configuration.sandbox().failOnViolation();
        Optional<String> ranAllTheSame = ConsoleTable.ranAllTheSame(report);
        // Where the reports are, that not every strategy is OK, and that some should not have run.
        int linesAfter = 1 + (report.successful() ? 0 : 1) + (ranAllTheSame.isPresent() ? 1 : 0);
        ConsoleTable.of(report, console.left(passes) - linesAfter).forEach(console::info);
        ranAllTheSame.ifPresent(console::warn);
        console.info("reports: " + results);
        if (!report.successful()) {
            violation(configuration, console, ConsoleTable.failures(report), results);
        }
    }

    /** Says what a run says, in the build's log. */
    private final class LogListener implements SandboxListener {
        private final Console console;

        LogListener(Console console) {
            this.console = console;
        }

        @Override
        public void warning(String message) {
            console.loudly(message);
        }

        @Override
        public void progress(String message) {
            console.info(message);
        }

        @Override
        public void strategyFinished(BacktestResult result) {
            getLog().debug(ConsoleTable.line(
                    result.name() + ": " + result.verdict().id()));
        }
    }
}
