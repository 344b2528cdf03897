package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.testing.RequiresDocker;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The docker command's contexts lead a build to the same engine as they lead the command to. */
@RequiresDocker
class DockerContextTest {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    @TempDir
    private Path config;

    private static Authority authority;
    private static OwnEngine engine;
    private static String address;

    /** Tells which engine it finds, by the folder that is the engine's alone. */
    static final class Host {
        private Host() {}

        public static void main(String[] arguments) {
            try (EngineConnection connection = EngineConnection.to(EngineForTests.DEFAULTS.engine())) {
                System.out.println(connection.info().getDockerRootDir());
            } catch (BackendException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @BeforeAll
    static void start() throws Exception {
        authority = Authority.in(folder.resolve("authority"));
        address = OwnEngine.freeAddress();
        engine = OwnEngine.start(folder, address, authority);
    }

    @AfterAll
    static void stop() throws Exception {
        if (engine != null) {
            engine.stop();
        }
    }

    @BeforeEach
    void makeContexts() throws Exception {
        Path client = authority.sign(config.resolve("client"));
        docker("context", "create", "own", "--docker", "host=" + engine.host());
        docker("context", "create", "far", "--docker", "host=ssh://somebody@127.0.0.1");
        docker(
                "context",
                "create",
                "remote",
                "--docker",
                "host=" + address + ",ca=" + client.resolve("ca.pem") + ",cert=" + client.resolve("cert.pem") + ",key="
                        + client.resolve("key.pem"));
    }

    private void docker(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(command().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put("DOCKER_CONFIG", config.toString());
        Process docker = process.start();
        String said = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(docker.waitFor()).as(said).isZero();
    }

    private static Path command() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(place -> Path.of(place, "docker"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no contexts can be made: no docker command");
        return found.get();
    }

    private String engineFound(String... environment) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("DOCKER_CONFIG", config.toString()));
        for (int i = 0; i < environment.length; i += 2) {
            settings.put(environment[i], environment[i + 1]);
        }
        return AnotherBuild.says(Host.class, settings);
    }

    private static String own() {
        return folder.resolve("data").toString();
    }

    @Test
    void theNamedOneIsFollowed() throws Exception {
        assertThat(engineFound("DOCKER_CONTEXT", "own")).isEqualTo(own());
        assertThat(engineFound()).isNotEqualTo(own());
    }

    @Test
    void theCurrentOneIsFollowed() throws Exception {
        docker("context", "use", "own");

        assertThat(engineFound()).isEqualTo(own());
        assertThat(engineFound("DOCKER_CONTEXT", "default")).isNotEqualTo(own());
    }

    @Test
    void itsCertificatesAreUsed() throws Exception {
        assertThat(engineFound("DOCKER_CONTEXT", "remote")).isEqualTo(own());
    }

    @Test
    void anAddressCountsMoreThanAContextAndItsCertificates() throws Exception {
        docker("context", "use", "remote");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (EngineProxy plain = EngineProxy.at(any, engine.socket(), request -> Optional.empty())) {
            String there = "tcp://127.0.0.1:" + ((InetSocketAddress) plain.address()).getPort();

            assertThat(engineFound("DOCKER_HOST", there)).isEqualTo(own());
            assertThat(engineFound("DOCKER_HOST", there, "DOCKER_CONTEXT", "nowhere"))
                    .isEqualTo(own());
        }
    }

    @Test
    void oneThatIsNotThereIsNamed() throws Exception {
        assertThat(engineFound("DOCKER_CONTEXT", "nowhere"))
                .contains("the Docker context 'nowhere'", config.toString(), "docker context ls");
    }

    @Test
    void aCurrentOneThatIsNotThereIsNamed() throws Exception {
        Files.writeString(config.resolve("config.json"), "{\"currentContext\": \"gone\"}");

        assertThat(engineFound()).contains("the Docker context 'gone'", config.toString(), "docker context ls");
    }

    @Test
    void oneThatCannotBeReadIsNamed() throws Exception {
        for (Path file : metaFiles()) {
            Files.writeString(file, "{");
        }

        assertThat(engineFound("DOCKER_CONTEXT", "own")).contains("the Docker context 'own'", config.toString());
    }

    private List<Path> metaFiles() throws IOException {
        try (Stream<Path> files = Files.walk(config)) {
            return files.filter(file -> file.endsWith("meta.json")).toList();
        }
    }

    @Test
    void oneThatLeadsOverSshIsRefused() throws Exception {
        assertThat(engineFound("DOCKER_CONTEXT", "far")).contains("ssh://somebody@127.0.0.1", "ssh -nNT -L");
    }
}
