package io.strategysandbox.maven;

import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.config.SandboxProperties;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What the goals on a folder of strategies have in common. */
abstract class AbstractSandboxMojo extends ConfiguredMojo {

    /**
     * The folder that holds the strategy directories. Without it, strategies in the project's directory, or in the
     * current one where there is no project; if there is no such folder, the goal does nothing.
     *
     * @since 0.1.0
     */
    // No default value: a folder that somebody names must exist, the usual one need not.
    @Parameter(property = SandboxProperties.STRATEGIES)
    private @Nullable File strategies;

    /**
     * Where reports are written. Without it, sandbox below the project's build directory, or below target in the current
     * directory where there is no project.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.OUTPUT_DIRECTORY)
    private @Nullable File outputDirectory;

    @Parameter(defaultValue = "${project}", readonly = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${basedir}", readonly = true)
    private @Nullable File directory;

    /**
     * Whether a verdict or finding that is not fine fails the build. Without it the configuration decides; it ships
     * with true.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.FAIL_ON_VIOLATION)
    private @Nullable String failOnViolation;

    abstract void execute(SandboxConfig configuration, Path folder, Console console)
            throws MojoExecutionException, MojoFailureException, BackendException, InterruptedException;

    /** {@return what the goal's own parameters say instead of the configuration, by property} */
    Map<String, Optional<String>> overrides() {
        return Map.of();
    }

    @Override
    final void execute(Console console)
            throws MojoExecutionException, MojoFailureException, BackendException, InterruptedException {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            console.info("skipped: there is no folder " + folder + " (name another with -D"
                    + SandboxProperties.STRATEGIES + "=FOLDER)");
            return;
        }
        execute(configuration(), folder, console);
    }

    /** {@return the folder to look at; the usual one need not exist} */
    Path folder() throws MojoExecutionException {
        Path folder = strategies == null
                ? baseDirectory().resolve("strategies")
                : existing(strategies, SandboxProperties.STRATEGIES);
        if (Files.exists(folder.resolve(StrategyDiscovery.MANIFEST))) {
            throw new MojoExecutionException(folder + " is a strategy itself (it holds " + StrategyDiscovery.MANIFEST
                    + "), and strategies are looked for below it; name the folder that it lies in with -D"
                    + SandboxProperties.STRATEGIES + "=FOLDER");
        }
        return folder;
    }

    /** A build that looked at nothing passes, and should not look as if it had looked. */
    static final void warnOfNothing(Console console, String things, Path folder, String what) {
        console.warn("there are no " + things + " below " + folder + ", so nothing was looked at; put " + what
                + " there, or name another folder");
    }

    final Path output() throws MojoExecutionException {
        if (outputDirectory != null) {
            return outputDirectory.toPath();
        }
        // Maven's stand-in for a missing project has a build directory that is no path.
        return project != null && project.getFile() != null
                ? Path.of(project.getBuild().getDirectory(), "sandbox")
                : baseDirectory().resolve("target").resolve("sandbox");
    }

    /** Fails the build, or warns if it is not to be failed. */
    final void violation(SandboxConfig configuration, Console console, String what, Path report)
            throws MojoFailureException {
        if (configuration.sandbox().failOnViolation()) {
            throw new MojoFailureException(what + "; see " + report + ". To let the build pass all the same: -D"
                    + SandboxProperties.FAIL_ON_VIOLATION + "=false");
        }
        console.warn(what);
    }

    static final Path existing(File folder, String property) throws MojoExecutionException {
        if (!folder.isDirectory()) {
            throw new MojoExecutionException("there is no folder " + folder + ", which " + property
                    + " names; correct the name, or make the folder");
        }
        return folder.toPath();
    }

    private Path baseDirectory() throws MojoExecutionException {
        if (directory == null) {
            throw new MojoExecutionException("Maven names no directory; set -D" + SandboxProperties.STRATEGIES
                    + "=FOLDER and -D" + SandboxProperties.OUTPUT_DIRECTORY + "=FOLDER");
        }
        return directory.toPath();
    }

    private SandboxConfig configuration() {
        Map<String, Optional<String>> properties = new HashMap<>(overrides());
        properties.put(SandboxProperties.FAIL_ON_VIOLATION, Optional.ofNullable(failOnViolation));
        return SandboxProperties.override(loaded(), name -> properties.getOrDefault(name, Optional.empty()));
    }
}
