package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Version;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.DockerConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that are old, new, or not there. */
class EngineNegotiationTest {

    private static final Duration ANSWER = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private static Version version(String api, String oldest) {
        return new ObjectMapper().convertValue(Map.of("ApiVersion", api, "MinAPIVersion", oldest), Version.class);
    }

    @ParameterizedTest
    @CsvSource({"1.40, 1.12, 1.40", "1.41, 1.12, 1.41", "1.44, 1.24, 1.44", "1.52, 1.44, 1.44"})
    void theNewestThatBothSpeakIsUsed(String api, String oldest, String used) throws Exception {
        assertThat(EngineConnection.negotiate(version(api, oldest)).getVersion())
                .isEqualTo(used);
    }

    @Test
    void tooOldAndTooNewAreRefusedWithAFix() {
        assertThatThrownBy(() -> EngineConnection.negotiate(version("1.39", "1.12")))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("1.39")
                .hasMessageContaining("update the engine");
        assertThatThrownBy(() -> EngineConnection.negotiate(version("1.60", "1.50")))
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

    private DockerConfig stub() {
        return EngineForTests.withHost("unix://" + folder.resolve("s"), ANSWER);
    }

    @ParameterizedTest
    @CsvSource({
        "1.40, 1.12",
        "1.41, 1.12",
        "1.42, 1.12",
        "1.43, 1.12",
        "1.44, 1.24",
        "1.45, 1.24",
        "1.46, 1.24",
        "1.47, 1.24",
        "1.48, 1.24",
        "1.49, 1.24",
        "1.50, 1.24",
        "1.51, 1.24",
        "1.52, 1.44"
    })
    void everyEngineFromTheOldestToTheNewestCanBeUsed(String api, String oldest) throws Exception {
        try (StubEngine engine = new StubEngine(api, oldest)) {
            assertThat(DockerExecutor.unavailableReason(EngineForTests.withHost(engine.host())))
                    .isEmpty();
            assertThat(engine.asked()).containsExactly("GET /_ping", "GET /version", "GET /info");
        }
    }

    @Test
    void podmanIsRefusedAndTheMessageSaysWhatItLacks() throws Exception {
        try (StubEngine engine = new StubEngine("1.41", "1.24")) {
            engine.answer("GET /version", 200, """
                    {"Version":"4.3.1","ApiVersion":"1.41","MinAPIVersion":"1.24",
                     "Components":[{"Name":"Podman Engine","Version":"4.3.1"}]}""");

            assertThat(DockerExecutor.unavailableReason(EngineForTests.withHost(engine.host()))
                            .orElse("none"))
                    .contains("Podman 4.3.1", "seccomp", "use Docker Engine");
        }
    }

    @TestFactory
    List<DynamicTest> whatDoesNotAnswerAsAnEngineIsToldSoonWithAFix() {
        return List.of(
                refused("hangs", request -> new byte[0], "timed out", "engine.responseTimeout"),
                refused(
                        "hangs in the middle of an answer",
                        request -> "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.UTF_8),
                        "timed out",
                        "engine.responseTimeout"),
                refused(
                        "speaks no HTTP",
                        request -> "\0\1garbage\r\n\r\n".getBytes(StandardCharsets.UTF_8),
                        "timed out"),
                refused("speaks no JSON", request -> StubDaemon.http(200, "<html>welcome</html>"), "--check"),
                refused("is not what it should be", request -> StubDaemon.http(200, "[]"), "--check"),
                refused("tells no version", request -> StubDaemon.http(200, "{}"), "--check"),
                refused(
                        "lets nobody in",
                        request -> StubDaemon.http(403, "{\"message\": \"permission denied\"}"),
                        "permission denied",
                        "usermod -aG docker"),
                refused(
                        "is broken",
                        request -> StubDaemon.http(500, "{\"message\": \"out of order\"}"),
                        "out of order"));
    }

    private DynamicTest refused(String name, StubDaemon.Answers answers, String... words) {
        return DynamicTest.dynamicTest("one that " + name, () -> {
            Path socket = folder.resolve("s");
            try (StubDaemon daemon = StubDaemon.at(socket, answers)) {
                long begun = System.nanoTime();
                Optional<String> reason = DockerExecutor.unavailableReason(stub());

                assertThat(reason.orElse("none"))
                        .contains(socket.toString(), "; ")
                        .contains(List.of(words));
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ANSWER.multipliedBy(5));
                assertThat(daemon.asked()).isNotEmpty();
            } finally {
                Files.deleteIfExists(socket);
            }
        });
    }
}
