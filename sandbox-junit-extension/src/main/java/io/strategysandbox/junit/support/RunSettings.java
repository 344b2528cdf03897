package io.strategysandbox.junit.support;

import io.strategysandbox.core.config.ConfigException;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.config.SandboxProperties;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a run of tests is set to: parameters of {@code junit-platform.properties}, of the launcher, or system properties,
 * under the names that the Maven plugin has.
 */
public final class RunSettings {

    /** Whether a test that needs Docker fails where there is none, instead of being skipped. */
    public static final String DOCKER_REQUIRED = "sandbox.docker.required";

    private final Function<String, Optional<String>> parameters;

    /**
     * Settings.
     *
     * @param parameters the value of a parameter of the run; empty if it is not set
     */
    public RunSettings(Function<String, Optional<String>> parameters) {
        this.parameters = name -> parameters.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * The configuration of this run.
     *
     * @return what {@code sandbox.config} names, or else the shipped defaults, with what single parameters say instead
     * @throws ConfigException if a file or a value cannot be used
     */
    public SandboxConfig config() {
        SandboxConfig base =
                folder(SandboxProperties.CONFIG).map(ConfigLoader::load).orElseGet(ConfigLoader::defaults);
        return SandboxProperties.override(base, parameters);
    }

    /**
     * The folder that holds the strategy directories.
     *
     * @return what {@code sandbox.strategies} names, or else {@code strategies} in the current directory
     * @throws ConfigException if there is no such folder
     */
    public Path strategies() {
        return folder(SandboxProperties.STRATEGIES).orElseGet(() -> existing("strategies", "nothing else"));
    }

    /** {@return the folder that {@code data:} in a manifest is relative to, if {@code sandbox.data} names one} */
    public Optional<Path> data() {
        return folder(SandboxProperties.DATA);
    }

    /** {@return whether a test that needs Docker fails where there is none} */
    public boolean dockerRequired() {
        return SandboxProperties.flag(DOCKER_REQUIRED, parameters, false);
    }

    /**
     * A configuration as this run allows it: where Docker is promised, nothing runs without it unnoticed.
     *
     * @param config the configuration
     * @return the same, with the backend {@code docker} in place of {@code auto} where Docker is promised
     */
    public SandboxConfig asPromised(SandboxConfig config) {
        return dockerRequired() && config.sandbox().backend() == BackendChoice.AUTO
                ? config.with(config.sandbox().with(BackendChoice.DOCKER))
                : config;
    }

    /** {@return whether strategies are not to be run as tests} */
    public boolean skip() {
        return SandboxProperties.flag(SandboxProperties.SKIP, parameters, false);
    }

    private Optional<Path> folder(String name) {
        return parameters.apply(name).map(text -> existing(text, name));
    }

    /**
     * A folder that somebody names.
     *
     * @param text its path; a relative one is looked for in the current directory, which is the project's under Maven
     * @param where who names it, for the message
     * @return the folder
     * @throws ConfigException if there is no such folder
     */
    public static Path existing(String text, String where) {
        try {
            Path folder = Path.of(text).toAbsolutePath().normalize();
            if (Files.isDirectory(folder)) {
                return folder;
            }
            throw new ConfigException("there is no folder " + folder + ", which " + where
                    + " names; correct the name, or make the folder");
        } catch (InvalidPathException e) {
            throw new ConfigException(where + " is '" + text + "', which is no path: " + e.getReason());
        }
    }
}
