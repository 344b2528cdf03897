package io.strategysandbox.junit;

import io.strategysandbox.core.backend.docker.DockerExecutor;
import io.strategysandbox.junit.support.RunSettings;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks for an engine. */
final class DockerCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        RunSettings settings = new RunSettings(context::getConfigurationParameter);
        Optional<String> unavailable =
                DockerExecutor.unavailableReason(settings.config().docker());
        if (unavailable.isPresent() && settings.dockerRequired()) {
            throw new IllegalStateException("Docker is required (" + RunSettings.DOCKER_REQUIRED
                    + " is true), and no engine can be used: " + unavailable.get());
        }
        return unavailable
                .map(reason -> ConditionEvaluationResult.disabled("no Docker engine can be used: " + reason))
                .orElseGet(() -> ConditionEvaluationResult.enabled("a Docker engine answers"));
    }
}
