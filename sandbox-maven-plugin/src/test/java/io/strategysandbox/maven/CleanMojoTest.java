package io.strategysandbox.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
class CleanMojoTest {

    @TempDir
    Path root;

    @Inject
    MavenSession session;

    private final RecordingLog log = new RecordingLog();

    @BeforeEach
    void nameAnEngineThatIsNotThere() {
        engine("unix://" + root.resolve("nobody.sock"));
        set("sandbox.config", root.resolve("config"));
    }

    private void engine(String host) {
        StrategyProject.write(root.resolve("config/docker_config.yaml"), "engine: { host: '" + host + "' }\n");
    }

    private void set(String property, Object value) {
        session.getUserProperties().setProperty(property, value.toString());
    }

    private void execute(CleanMojo mojo) throws Exception {
        mojo.setLog(log);
        mojo.execute();
    }

    @Test
    @InjectMojo(goal = "clean")
    void withoutAnEngineAWarningSaysThatNothingWasLookedFor(CleanMojo mojo) throws Exception {
        execute(mojo);

        assertThat(log.lines()).singleElement().asString().startsWith("WARN nothing was looked for: no Docker engine");
    }

    @Nested
    class WhereAnEngineIsPromised {
        @BeforeEach
        void promise() {
            set("sandbox.backend", "docker");
        }

        @Test
        @InjectMojo(goal = "clean")
        void itsAbsenceIsAnErrorWithAFix(CleanMojo mojo) {
            assertThatThrownBy(() -> execute(mojo))
                    .isInstanceOf(MojoExecutionException.class)
                    .hasMessageContaining("no Docker engine can be used at unix://")
                    .hasMessageContaining("scripts/setup_docker_sandbox.sh");
        }
    }

    @Nested
    class OfTheLocalBackend {
        @BeforeEach
        void choose() {
            set("sandbox.backend", "local");
        }

        @Test
        @InjectMojo(goal = "clean")
        void thereIsNothingToLookFor(CleanMojo mojo) throws Exception {
            execute(mojo);

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("the local backend")
                    .contains("sandbox.backend");
        }
    }

    @Nested
    class Skipped {
        @BeforeEach
        void skip() {
            set("sandbox.skip", true);
        }

        @Test
        @InjectMojo(goal = "clean")
        void doesNothing(CleanMojo mojo) throws Exception {
            execute(mojo);

            assertThat(log.lines()).containsExactly("INFO skipped: sandbox.skip is true");
        }
    }

    @Test
    @InjectMojo(goal = "clean")
    void whatCannotBeRemovedIsAnErrorWithItsIdAfterTheRestWasRemoved(CleanMojo mojo) throws Exception {
        // Whoever they belonged to: their deadline passed years before the engine's own time.
        String overdue =
                "\"Labels\":{\"io.strategysandbox.owner\":\"x\",\"io.strategysandbox.deadline\":\"2020-01-01T00:00:00Z\"}}";
        HttpServer server = serve(Map.of(
                "GET /_ping", "OK",
                "GET /version", "{\"Version\":\"24.0.7\",\"ApiVersion\":\"1.43\",\"MinAPIVersion\":\"1.12\"}",
                "GET /info", "{\"SystemTime\":\"2026-01-01T00:00:00Z\"}",
                "GET /containers/json", "[{\"Id\":\"c1\"," + overdue + ",{\"Id\":\"c2\"," + overdue + "]",
                "GET /images/json", "[]",
                "DELETE /containers/c2", ""));
        try {
            engine("tcp://127.0.0.1:" + server.getAddress().getPort());

            assertThatThrownBy(() -> execute(mojo))
                    .isInstanceOf(MojoExecutionException.class)
                    .hasMessageStartingWith("1 of 2 could not be removed: cannot remove the container c1");
        } finally {
            server.stop(0);
        }

        assertThat(log.lines())
                .contains("INFO removed the container c2, whose build is gone")
                .anyMatch(line -> line.startsWith("ERROR cannot remove the container c1"))
                .last()
                .isEqualTo("INFO found 2 left behind: removed 1 containers and 0 images; left alone 0 containers,"
                        + " whose builds live or may live");
    }

    private static HttpServer serve(Map<String, String> answers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath().replaceFirst("^/v1\\.[0-9]+", "");
            String answer = answers.get(exchange.getRequestMethod() + " " + path);
            byte[] body = (answer == null ? "{\"message\":\"device or resource busy\"}" : answer)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer == null ? 500 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
