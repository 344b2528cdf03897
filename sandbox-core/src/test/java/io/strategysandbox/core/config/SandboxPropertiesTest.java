package io.strategysandbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.IsolationMode;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxPropertiesTest {

    private static SandboxSection with(Map<String, String> properties) {
        return SandboxProperties.override(ConfigLoader.defaults(), name -> Optional.ofNullable(properties.get(name)))
                .sandbox();
    }

    @Test
    void whatIsNotSetIsAsTheConfigurationSays() {
        assertThat(with(Map.of())).isEqualTo(ConfigLoader.defaults().sandbox());
    }

    @Test
    void whatIsSetHolds() {
        SandboxSection section = with(Map.of(
                "sandbox.backend", "Local",
                "sandbox.isolation", "group",
                "sandbox.validation", " report ",
                "sandbox.parallelism", "7",
                "sandbox.failOnViolation", "false",
                "sandbox.haltOnFailure", "TRUE"));

        assertThat(section.backend()).isEqualTo(BackendChoice.LOCAL);
        assertThat(section.isolation()).isEqualTo(IsolationMode.GROUP);
        assertThat(section.validation()).isEqualTo(ValidationMode.REPORT);
        assertThat(section.parallelism()).isEqualTo(7);
        assertThat(section.failOnViolation()).isFalse();
        assertThat(section.haltOnFailure()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox.backend, cloud, 'sandbox.backend is ''cloud''; allowed are auto, docker, local'",
        "sandbox.validation, off, 'sandbox.validation is ''off''; allowed are enforce, report'",
        "sandbox.failOnViolation, yes, 'sandbox.failOnViolation is ''yes''; allowed are true, false'",
        "sandbox.parallelism, -1, 'sandbox.parallelism is ''-1''; it must be a whole number, 0 (automatic) or more'",
        "sandbox.parallelism, 1e3, 'sandbox.parallelism is ''1e3''; it must be a whole number, 0 (automatic) or more'",
    })
    void aSlipIsNamed(String name, String value, String message) {
        assertThatThrownBy(() -> with(Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }
}
