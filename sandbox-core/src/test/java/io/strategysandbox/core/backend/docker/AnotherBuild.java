package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.testing.Jvm;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A process that finds its engine by its environment. */
final class AnotherBuild {

    private AnotherBuild() {}

    /**
     * Runs a class to its end.
     *
     * @param main the class
     * @param environment what tells where the engine is; the tests' own environment does not
     * @return what it printed
     */
    static String says(Class<?> main, Map<String, String> environment, String... arguments) throws Exception {
        Map<String, String> whole = new HashMap<>(environment);
        Stream.of("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH")
                .forEach(name -> whole.putIfAbsent(name, ""));
        Process process = Jvm.of(Jvm.HOME, List.of(), main).start(whole, arguments);
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
