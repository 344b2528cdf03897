package io.strategysandbox.maven;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.config.SandboxProperties;
import io.strategysandbox.core.monitor.Check;
import io.strategysandbox.core.monitor.Diagnosis;
import java.util.Locale;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Tells what is there to run sandboxes with (engine, API, cgroups, seccomp, runc, image, orphans, disk) and one fix for
 * each thing that is not fine. Changes nothing. Fails only where an engine is asked for and none answers.
 *
 * @since 0.1.0
 */
@Mojo(name = "doctor", threadSafe = true, requiresProject = false)
public final class DoctorMojo extends EngineMojo {

    @Override
    void execute(Console console) throws MojoExecutionException, BackendException, InterruptedException {
        SandboxConfig configuration = configuration();
        Diagnosis diagnosis = Sandbox.examine(configuration);
        for (Check check : diagnosis.checks()) {
            String line = String.format(Locale.ROOT, "%-4s %s: %s", check.status(), check.name(), check.text())
                    + check.fix().map(fix -> "; fix: " + fix).orElse("");
            if (check.status() == Check.Status.OK) {
                console.info(line);
            } else {
                console.warn(line);
            }
        }
        console.info(diagnosis.summary());
        if (!diagnosis.engineAnswers() && configuration.sandbox().backend() == BackendChoice.DOCKER) {
            throw new MojoExecutionException(SandboxProperties.BACKEND
                    + " is docker, and no Docker engine can be used; run scripts/setup_docker_sandbox.sh");
        }
    }
}
