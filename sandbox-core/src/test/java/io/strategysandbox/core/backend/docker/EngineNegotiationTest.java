package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Version;
import io.strategysandbox.core.backend.BackendException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that are old, new, or not there. */
class EngineNegotiationTest {

    private static Version version(String api, String oldest) {
        return new ObjectMapper().convertValue(Map.of("ApiVersion", api, "MinAPIVersion", oldest), Version.class);
    }

    @ParameterizedTest
    @CsvSource({"1.40, 1.12, 1.40", "1.41, 1.12, 1.41", "1.44, 1.24, 1.44", "1.52, 1.44, 1.44"})
    void theNewestThatBothSpeakIsUsed(String api, String oldest, String used) throws Exception {
        assertThat(DockerExecutor.negotiate(version(api, oldest)).getVersion()).isEqualTo(used);
    }

    @Test
    void tooOldAndTooNewAreRefusedWithAFix() {
        assertThatThrownBy(() -> DockerExecutor.negotiate(version("1.39", "1.12")))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("1.39")
                .hasMessageContaining("update the engine");
        assertThatThrownBy(() -> DockerExecutor.negotiate(version("1.60", "1.50")))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("1.50")
                .hasMessageContaining("update Strategy Sandbox");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unix:///nonexistent/docker.sock", "tcp://127.0.0.1:1", "nonsense", "ftp://x", "unix://", ""})
    void anAddressWhereNothingAnswersIsNamedWithAReason(String host) {
        assertThat(DockerExecutor.unavailableReason(EngineForTests.withHost(host)))
                .hasValueSatisfying(reason -> assertThat(reason).contains(host, "; "));
    }
}
