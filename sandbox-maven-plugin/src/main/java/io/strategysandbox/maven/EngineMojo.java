package io.strategysandbox.maven;

import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.config.SandboxProperties;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals about the engine have in common, which need no strategies. */
abstract class EngineMojo extends ConfiguredMojo {

    /**
     * Where strategies run: auto, docker or local. With docker an engine has to answer. Without it the configuration
     * decides; it ships with auto.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.BACKEND)
    private @Nullable String backend;

    final SandboxConfig configuration() {
        return SandboxProperties.override(
                loaded(),
                name -> name.equals(SandboxProperties.BACKEND) ? Optional.ofNullable(backend) : Optional.empty());
    }
}
