package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.strategysandbox.core.host.ScratchFolder;
import io.strategysandbox.core.testing.Jvm;
import io.strategysandbox.core.testing.RequiresDocker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} between the creation of a container and its start: nothing in it could notice. */
@RequiresDocker
class JanitorTest {

    private static final long GONE_SECONDS = 10;

    /** With a debugger's port in it, a second JVM would not start. */
    private static final String MEANT_FOR_THE_HOST = "JAVA_TOOL_OPTIONS";

    @TempDir
    private Path temporary;

    private final DockerClient engine = EngineForTests.client();
    private Process host;
    private String created;
    private ProcessHandle janitor;

    /** Creates a container, makes a temporary folder, and waits for its end. */
    static final class CreatingHost {
        private CreatingHost() {}

        public static void main(String[] arguments) throws Exception {
            DockerExecutor executor = DockerExecutor.open(EngineForTests.DEFAULTS, message -> {});
            ScratchFolder.create();
            System.out.println(
                    container(EngineForTests.client(), executor, Owner.self().id()));
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
        }
    }

    private static String container(DockerClient engine, DockerExecutor executor, String owner) {
        return engine.createContainerCmd(executor.facts().get("image"))
                .withCmd("/nothing")
                .withLabels(Map.of(ContainerProfile.OWNER, owner))
                .exec()
                .getId();
    }

    @BeforeEach
    void start() throws IOException {
        host = Jvm.of(Jvm.HOME, List.of("-Djava.io.tmpdir=" + temporary), CreatingHost.class)
                .start(Map.of(MEANT_FOR_THE_HOST, "-Dmeant.for=host"));
        created = new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(exists(created)).isTrue();
        assertThat(host.children()).hasSize(1);
        janitor = host.children().findFirst().orElseThrow();
    }

    @AfterEach
    void end() throws Exception {
        host.destroyForcibly().waitFor();
        janitor.destroyForcibly();
        if (exists(created)) {
            engine.removeContainerCmd(created).withForce(true).exec();
        }
        engine.close();
    }

    private boolean exists(String container) {
        try {
            engine.inspectContainerCmd(container).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private boolean temporaryFolders() {
        try (Stream<Path> found = Files.list(temporary)) {
            return found.findAny().isPresent();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertEnds(BooleanSupplier there, String what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GONE_SECONDS);
        while (there.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(there.getAsBoolean()).as(what).isFalse();
    }

    @Test
    void whatAKilledHostHadOnlyCreatedIsRemoved() throws Exception {
        assertThat(temporaryFolders()).isTrue();
        assertThat(Path.of("/proc/" + janitor.pid() + "/environ")).content().doesNotContain(MEANT_FOR_THE_HOST);

        host.destroyForcibly().waitFor();

        assertEnds(() -> exists(created), "the container");
        assertEnds(this::temporaryFolders, "temporary folders");
        assertEnds(janitor::isAlive, "the janitor");
    }

    @Test
    void whatOthersHaveCreatedIsNot() throws Exception {
        try (DockerExecutor executor = DockerExecutor.open(EngineForTests.DEFAULTS, message -> {})) {
            String other = container(engine, executor, Owner.self().id());
            try {
                host.destroyForcibly().waitFor();

                assertEnds(janitor::isAlive, "the janitor");
                assertThat(exists(created)).isFalse();
                assertThat(exists(other)).isTrue();
            } finally {
                engine.removeContainerCmd(other).withForce(true).exec();
            }
        }
    }

    @Test
    void aKillOfAllProcessesOfABuildSparesIt() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "there is no setsid");
        long session = session(janitor.pid());
        assertThat(session).isEqualTo(janitor.pid()).isNotEqualTo(session(host.pid()));
    }

    private static long session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
    }

    /** As a terminal or a build server does: first a signal to all processes, later the one that cannot be ignored. */
    @Test
    void aSignalForAllDoesNotKeepItFromItsWork() throws Exception {
        janitor.destroy();
        Thread.sleep(1_000);
        assertThat(janitor.isAlive()).isTrue();

        host.destroyForcibly().waitFor();

        assertEnds(() -> exists(created), "the container");
        assertEnds(janitor::isAlive, "the janitor");
    }

    @Test
    void itEndsWithTheExecutor() throws Exception {
        List<Long> before = children();
        DockerExecutor.open(EngineForTests.DEFAULTS, message -> {}).close();

        assertEnds(() -> !before.containsAll(children()), "the janitor of this process");
    }

    private static List<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }
}
