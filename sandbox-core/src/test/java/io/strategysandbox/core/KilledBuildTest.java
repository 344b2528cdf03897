package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.strategysandbox.core.testing.Jvm;
import io.strategysandbox.core.testing.RequiresDocker;
import io.strategysandbox.core.testing.StrategyFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a build at any instant, with eight sandboxes under way: what it started ends, and nothing stays. */
@RequiresDocker
class KilledBuildTest {

    private static final int ROUNDS = Integer.getInteger("sandbox.kill.rounds", 3);
    private static final long SEED = 20_261_124;
    private static final int LONGEST_LIFE_MILLIS = 8_000;
    private static final long GONE_SECONDS = 10;

    /** Some that take their time, some that are over at once, so that leases come and go. */
    private static final int STRATEGIES = 16;

    private static final String OWNER = "io.strategysandbox.owner";

    @TempDir
    private Path root;

    private StrategyFolder strategies;
    private Path temporary;

    @BeforeEach
    void prepare() throws IOException {
        strategies = new StrategyFolder(root).prices(60);
        for (int i = 0; i < STRATEGIES; i++) {
            String work = i % 2 == 0
                    ? "double x = 0; for (int i = 0; i < 5_000_000; i++) { x += Math.sqrt(i); } return x > 0 ? 1 : 0;"
                    : "return bars % 4 < 2 ? 1 : -0.5;";
            strategies.strategy("s" + i, work);
        }
        temporary = Files.createDirectory(root.resolve("tmp"));
        Path config = Files.createDirectory(root.resolve("config"));
        Files.writeString(config.resolve("docker_config.yaml"), "limits:\n  memory: 256MiB\n  timeout: 60s\n");
        Files.writeString(config.resolve("learning_system.yaml"), "sandbox:\n  backend: docker\n  parallelism: 8\n");
    }

    private Process build(String howOften) throws IOException {
        return Jvm.of(Jvm.HOME, List.of("-Xmx256m", "-Djava.io.tmpdir=" + temporary), DoomedBuild.class)
                .start(
                        howOften,
                        root.resolve("config").toString(),
                        strategies.strategies().toString(),
                        strategies.data().toString(),
                        strategies.output().toString());
    }

    private static DockerClient engine() {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    @Test
    void atAnyInstant() throws Exception {
        Random random = new Random(SEED);
        int unstarted = 0;
        try (DockerClient engine = engine()) {
            List<String> volumes = volumes(engine);
            List<Container> left = List.of();
            for (int round = 0; round < ROUNDS; round++) {
                Process build = build("forever");
                try {
                    awaitOpen(build);
                    assertNothingLeftBefore(build, left, engine);
                    int millis = random.nextInt(LONGEST_LIFE_MILLIS);
                    assertThat(build.waitFor(millis, TimeUnit.MILLISECONDS))
                            .as("the build ended by itself")
                            .isFalse();
                    List<ProcessHandle> started = build.descendants().toList();

                    build.destroyForcibly().waitFor();

                    left = awaitEnd(build, started, engine, "round " + round + ", after " + millis + " ms");
                    unstarted += left.size();
                } finally {
                    build.destroyForcibly();
                }
            }
            Process last = build("once");
            awaitOpen(last);
            assertNothingLeftBefore(last, left, engine);
            assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(last.exitValue()).isZero();
            assertThat(list(temporary)).as("after a normal end").isEmpty();
            assertThat(volumes(engine)).isEqualTo(volumes);
        }
        System.out.println("figure: " + ROUNDS + " builds killed, " + unstarted
                + " containers left that had been created and not yet started, all removed by the next build");
    }

    private static void awaitOpen(Process build) throws IOException {
        assertThat(new BufferedReader(new InputStreamReader(build.getInputStream(), StandardCharsets.UTF_8)).readLine())
                .isEqualTo(DoomedBuild.OPEN);
    }

    /** A build that has just begun has removed what earlier ones left. */
    private void assertNothingLeftBefore(Process build, List<Container> left, DockerClient engine) throws IOException {
        List<String> ids = containers(engine).stream().map(Container::getId).toList();
        assertThat(left).as("containers").noneMatch(container -> ids.contains(container.getId()));
        assertThat(list(temporary))
                .as("temporary folders")
                .allMatch(path -> path.getFileName().toString().startsWith("strategy-sandbox-" + build.pid() + "."));
    }

    /**
     * Waits until nothing runs any more.
     *
     * @return the containers that never ran and that only the next build can remove
     */
    private static List<Container> awaitEnd(
            Process build, List<ProcessHandle> started, DockerClient engine, String when) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GONE_SECONDS);
        List<Object> running = new ArrayList<>();
        List<Container> left = List.of();
        do {
            Thread.sleep(100);
            left = containersOf(build, engine);
            running.clear();
            left.stream()
                    .filter(container -> !container.getState().equals("created"))
                    .forEach(running::add);
            started.stream().filter(ProcessHandle::isAlive).forEach(running::add);
        } while (!running.isEmpty() && System.nanoTime() < deadline);
        assertThat(running)
                .as("%s: what runs %d s after the kill", when, GONE_SECONDS)
                .isEmpty();
        return left;
    }

    private static List<Container> containersOf(Process build, DockerClient engine) {
        Pattern owner = Pattern.compile("[0-9a-f]{8}\\.\\d+\\." + build.pid() + "\\.\\d+(-.*)?");
        return containers(engine).stream()
                .filter(container ->
                        owner.matcher(container.getLabels().get(OWNER)).matches())
                .toList();
    }

    private static List<Container> containers(DockerClient engine) {
        return engine.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OWNER))
                .exec();
    }

    private static List<String> volumes(DockerClient engine) {
        return engine.listVolumesCmd().exec().getVolumes().stream()
                .map(volume -> volume.getName())
                .sorted()
                .toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
