package io.strategysandbox.examples;

import io.strategysandbox.core.RunRequest;
import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.backend.docker.DockerExecutor;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.report.RunReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where the examples are, and how to run a folder of them. */
final class Examples {

    static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    /** The market data that the build unpacks. */
    static final Path DATA = ROOT.resolve("target/data");

    private Examples() {}

    /** {@return Docker where it is promised or answers and nobody chose otherwise, else local} */
    static BackendChoice backend() {
        if (Boolean.getBoolean("sandbox.docker.required")) {
            return BackendChoice.DOCKER;
        }
        BackendChoice chosen = BackendChoice.valueOf(
                System.getProperty("sandbox.backend", "auto").toUpperCase(Locale.ROOT));
        if (chosen != BackendChoice.AUTO) {
            return chosen;
        }
        return DockerExecutor.unavailableReason(ConfigLoader.defaults().docker())
                        .isPresent()
                ? BackendChoice.LOCAL
                : BackendChoice.DOCKER;
    }

    static SandboxConfig enforcing(SandboxConfig config) {
        return with(config, backend(), ValidationMode.ENFORCE);
    }

    static SandboxConfig with(SandboxConfig config, BackendChoice backend, ValidationMode validation) {
        SandboxSection section = config.sandbox();
        return config.with(new SandboxSection(
                backend,
                section.isolation(),
                validation,
                section.parallelism(),
                section.failOnViolation(),
                section.haltOnFailure(),
                section.validator(),
                section.compiler()));
    }

    /** The same, but no bar is in the sandbox before the decision about the one before is out of it. */
    static SandboxConfig lockstep(SandboxConfig config) {
        DockerConfig docker = config.docker();
        return config.with(new DockerConfig(
                docker.engine(),
                docker.image(),
                docker.limits(),
                docker.security(),
                docker.output(),
                new DockerConfig.Feed(1)));
    }

    static RunReport run(SandboxConfig config, String folder, Optional<Path> data, Path output) throws Exception {
        try (Sandbox sandbox = Sandbox.open(config, SandboxListener.SILENT)) {
            return sandbox.run(new RunRequest(ROOT.resolve(folder), data, output));
        }
    }

    static BacktestResult result(RunReport report, String directory) {
        return report.strategies().stream()
                .filter(result -> result.directory().equals(directory))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no result for " + directory));
    }
}
