package io.strategysandbox.junit.testing;

import io.strategysandbox.core.backend.docker.DockerExecutor;
import io.strategysandbox.core.config.ConfigLoader;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Needs a Docker engine: skipped with the reason where there is none, failed where one is promised. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("docker")
@ExtendWith(NeedsDocker.Condition.class)
public @interface NeedsDocker {

    /** Looks for an engine. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Boolean.getBoolean("sandbox.docker.required")) {
                return ConditionEvaluationResult.enabled("Docker is promised");
            }
            return DockerExecutor.unavailableReason(ConfigLoader.defaults().docker())
                    .map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("an engine answers"));
        }
    }
}
