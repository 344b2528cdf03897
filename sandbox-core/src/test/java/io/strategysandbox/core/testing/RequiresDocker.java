package io.strategysandbox.core.testing;

import io.strategysandbox.core.backend.docker.DockerExecutor;
import io.strategysandbox.core.config.ConfigLoader;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Needs a Docker engine: skipped with the reason where there is none, failed where one is promised. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag(RequiresDocker.TAG)
@ExtendWith(RequiresDocker.Condition.class)
public @interface RequiresDocker {

    /** The tag of all tests against a real engine. */
    String TAG = "docker";

    /** Looks for an engine. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Boolean.getBoolean("sandbox.docker.required")) {
                return ConditionEvaluationResult.enabled("Docker is promised");
            }
            Optional<String> reason =
                    DockerExecutor.unavailableReason(ConfigLoader.defaults().docker());
            return reason.map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("an engine answers"));
        }
    }
}
