package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.strategysandbox.core.RunRequest;
import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.testing.Jvm;
import io.strategysandbox.core.testing.RequiresDocker;
import io.strategysandbox.core.testing.SmallDisk;
import io.strategysandbox.core.testing.StrategyFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** No room for reports, for temporary files, or at the engine: told with the place and what to do, and nothing is left. */
@RequiresDocker
class FullDiskTest {

    private static final String NO_SPACE = "No space left on device";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private StrategyFolder strategies() {
        return new StrategyFolder(folder)
                .prices(20)
                .strategy("a", "return bars % 2;")
                .strategy("b", "return bars % 3 == 0 ? 1 : 0;");
    }

    private static RunRequest request(StrategyFolder strategies, Path output) {
        return new RunRequest(strategies.strategies(), Optional.of(strategies.data()), output);
    }

    private static void run(RunRequest request, SandboxListener listener) throws Exception {
        try (Sandbox sandbox = Sandbox.open(ConfigLoader.defaults(), listener)) {
            sandbox.run(request);
        }
    }

    /** Fills a disk when the first strategy begins. */
    private record Filling(SmallDisk disk) implements SandboxListener {
        @Override
        public void strategyStarted(String name) {
            try {
                disk.fill();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aReportThatFindsNoRoomIsToldAndTheOldOneStays() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), 1 << 20)) {
            RunRequest request = request(strategies(), disk.folder().resolve("sandbox"));
            run(request, SandboxListener.SILENT);
            List<String> before = content(request.output());

            disk.fill();
            assertNoRoom(request, SandboxListener.SILENT);
            assertThat(content(request.output())).isEqualTo(before);
        }
    }

    @Test
    void aReportThatFindsNoRoomWhenAStrategyEndsIsToldAndNoContainerStays() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), 1 << 20)) {
            RunRequest request = request(strategies(), disk.folder().resolve("sandbox"));

            assertNoRoom(request, new Filling(disk));
            assertThat(content(request.output()))
                    .as("the report without a strategy, whole")
                    .anyMatch(file -> file.startsWith("results.json") && file.endsWith("}\n"))
                    .noneMatch(file -> file.contains(".tmp"));
            try (DockerClient engine = EngineForTests.client()) {
                assertThat(ours(engine)).isEmpty();
            }
        }
    }

    private static void assertNoRoom(RunRequest request, SandboxListener listener) {
        assertThatThrownBy(() -> run(request, listener))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageContainingAll("cannot write " + request.output(), NO_SPACE, "has room");
    }

    private static List<String> content(Path output) throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> output.relativize(file) + " " + read(file))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Container> ours(DockerClient engine) throws IOException {
        String self = Owner.self().id();
        return engine
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(ContainerProfile.OWNER))
                .exec()
                .stream()
                .filter(container ->
                        container.getLabels().get(ContainerProfile.OWNER).startsWith(self))
                .toList();
    }

    /** A build, with a place for temporary files of its own. */
    static final class Build {
        private Build() {}

        public static void main(String[] arguments) throws Exception {
            RunRequest request =
                    new RunRequest(Path.of(arguments[0]), Optional.of(Path.of(arguments[1])), Path.of(arguments[2]));
            try (Sandbox sandbox = Sandbox.open(ConfigLoader.defaults(), SandboxListener.SILENT)) {
                RunReport report = sandbox.run(request);
                report.strategies().stream()
                        .map(BacktestResult::verdict)
                        .forEach(verdict -> System.out.println(verdict.id() + " " + verdict.summary()));
            } catch (BackendException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void temporaryFilesThatFindNoRoomAreTold() throws Exception {
        StrategyFolder strategies = strategies();
        Path output = folder.resolve("out");
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), 64 << 10)) {
            disk.fill();
            Process build = Jvm.of(Jvm.HOME, List.of("-Djava.io.tmpdir=" + disk.folder()), Build.class)
                    .start(strategies.strategies().toString(), strategies.data().toString(), output.toString());
            String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(build.waitFor()).as(said).isZero();
            assertThat(said)
                    .contains("cannot build the runner image: " + disk.folder(), "bytes are free", "-Djava.io.tmpdir");
            assertThat(output).doesNotExist();
        }
    }

    @Test
    void anEngineWithoutRoomIsTold() throws Exception {
        OwnEngine engine = null;
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), 256 << 20)) {
            engine = OwnEngine.start(folder, disk.folder());
            engine.takeImage();
            try (DockerExecutor executor = DockerExecutor.open(engine.config(), message -> {});
                    DockerClient client = engine.client()) {
                disk.fill();

                assertThatThrownBy(() -> executor.lease(new LeaseRequest("roomless", Duration.ofMinutes(1))))
                        .isInstanceOf(BackendException.class)
                        .hasMessageContainingAll(
                                "for roomless: ", "no space left on device", "free space at the engine");
                assertThat(client.listContainersCmd().withShowAll(true).exec()).isEmpty();

                disk.free();
                client.removeImageCmd(executor.facts().get("image")).exec();
                disk.fill();
                OwnEngine full = engine;
                assertThatThrownBy(() -> DockerExecutor.open(full.config(), message -> {}))
                        .isInstanceOf(BackendException.class)
                        .hasMessageContainingAll("image", "no space left on device", "free space at the engine");
                assertThat(client.listImagesCmd().withShowAll(true).exec()).isEmpty();
            }
        } finally {
            if (engine != null) {
                engine.stop();
            }
        }
    }
}
