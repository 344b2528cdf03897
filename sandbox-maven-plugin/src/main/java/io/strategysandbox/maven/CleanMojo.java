package io.strategysandbox.maven;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Sweep;
import io.strategysandbox.core.config.SandboxProperties;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Removes containers and half-built images that builds which are gone have left at the engine. What belongs to a build that
 * lives, or that may live where it cannot be seen from here, is not touched.
 *
 * @since 0.1.0
 */
@Mojo(name = "clean", threadSafe = true, requiresProject = false)
public final class CleanMojo extends EngineMojo {

    /**
     * Whether runner images are removed, too, that neither a container nor this configuration uses.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxProperties.UNUSED_IMAGES, defaultValue = "false")
    private boolean unusedImages;

    @Override
    void execute(Console console) throws MojoExecutionException, BackendException, InterruptedException {
        Optional<Sweep> swept = Sandbox.clean(configuration(), unusedImages, new SandboxListener() {
            @Override
            public void warning(String message) {
                console.warn(message);
            }

            @Override
            public void progress(String message) {
                console.info(message);
            }
        });
        if (swept.isPresent()) {
            report(swept.get(), console);
        }
    }

    private static void report(Sweep sweep, Console console) throws MojoExecutionException {
        sweep.failures().forEach(console::error);
        console.info("found " + sweep.found() + " left behind: removed "
                + sweep.containers().size() + " containers and "
                + sweep.images().size() + " images; left alone "
                + sweep.spared() + " containers, whose builds live or may live");
        if (!sweep.failures().isEmpty()) {
            throw new MojoExecutionException(sweep.failures().size() + " of " + sweep.found()
                    + " could not be removed: " + sweep.failures().get(0));
        }
    }
}
