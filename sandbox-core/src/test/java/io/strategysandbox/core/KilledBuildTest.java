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
        try (DockerClient engine = engine()) {
            List<String> volumes = volumes(engine);
            List<Long> millisUntilClean = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                Process build = build("forever");
                try {
                    awaitOpen(build);
                    int millis = random.nextInt(LONGEST_LIFE_MILLIS);
                    assertThat(build.waitFor(millis, TimeUnit.MILLISECONDS))
                            .as("the build ended by itself")
                            .isFalse();
                    List<ProcessHandle> started = build.descendants().toList();

                    build.destroyForcibly().waitFor();

                    millisUntilClean.add(
                            awaitEnd(build, started, engine, "round " + round + ", after " + millis + " ms"));
                } finally {
                    build.destroyForcibly();
                }
            }
            millisUntilClean.sort(null);
            System.out.println("figure: " + ROUNDS + " builds killed, ms until nothing was left: median "
                    + millisUntilClean.get(ROUNDS / 2) + ", longest " + millisUntilClean.get(ROUNDS - 1));
            Process last = build("once");
            awaitOpen(last);
            assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(last.exitValue()).isZero();
            assertThat(list(temporary)).as("after a normal end").isEmpty();
            assertThat(volumes(engine)).isEqualTo(volumes);
        }
    }

    private static void awaitOpen(Process build) throws IOException {
        assertThat(new BufferedReader(new InputStreamReader(build.getInputStream(), StandardCharsets.UTF_8)).readLine())
                .isEqualTo(DoomedBuild.OPEN);
    }

    private long awaitEnd(Process build, List<ProcessHandle> started, DockerClient engine, String when)
            throws InterruptedException, IOException {
        long begun = System.nanoTime();
        long deadline = begun + TimeUnit.SECONDS.toNanos(GONE_SECONDS);
        List<Object> left = new ArrayList<>();
        do {
            Thread.sleep(100);
            left.clear();
            left.addAll(containersOf(build, engine));
            started.stream()
                    .filter(ProcessHandle::isAlive)
                    .map(ProcessHandle::info)
                    .forEach(left::add);
            left.addAll(list(temporary));
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        assertThat(left)
                .as("%s: what is there %d s after the kill", when, GONE_SECONDS)
                .isEmpty();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
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
