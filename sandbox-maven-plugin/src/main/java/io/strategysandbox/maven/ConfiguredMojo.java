package io.strategysandbox.maven;

import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.ConfigException;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.config.SandboxProperties;
import java.io.File;
import java.io.UncheckedIOException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What all goals have in common: a configuration, a way to be skipped, and how what goes wrong is told. */
abstract class ConfiguredMojo extends AbstractMojo {

    /**
     * A folder with docker_config.yaml, learning_system.yaml or both. Without it the shipped defaults hold.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.CONFIG)
    private @Nullable File config;

    /**
     * Does nothing if true.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.SKIP, defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${session}", readonly = true)
    private @Nullable MavenSession session;

    abstract void execute(Console console)
            throws MojoExecutionException, MojoFailureException, BackendException, InterruptedException;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("skipped: " + SandboxProperties.SKIP + " is true");
            return;
        }
        try {
            execute(Console.of(getLog(), session));
        } catch (ConfigException | BackendException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new MojoExecutionException(
                    e.getMessage() + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted; every sandbox was removed", e);
        }
    }

    /** {@return what the configuration folder says, before any property} */
    final SandboxConfig loaded() {
        return config == null ? ConfigLoader.defaults() : ConfigLoader.load(config.toPath());
    }
}
