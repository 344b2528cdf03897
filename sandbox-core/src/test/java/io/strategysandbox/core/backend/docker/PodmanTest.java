package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Podman's service speaks the engine's API, and cannot do what a sandbox needs. */
class PodmanTest {

    private static final Path PODMAN = Path.of("/usr/bin/podman");

    @TempDir
    private Path folder;

    @Test
    void itIsRefusedAndTheMessageSaysWhatItLacks() throws Exception {
        assumeTrue(Files.isExecutable(PODMAN), () -> "no " + PODMAN);
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "without root, Podman needs a user's session");
        Path socket = folder.resolve("s");
        Process service = new ProcessBuilder(
                        PODMAN.toString(),
                        "--root=" + folder.resolve("root"),
                        "--runroot=" + folder.resolve("run"),
                        "--tmpdir=" + folder.resolve("tmp"),
                        "system",
                        "service",
                        "--time=0",
                        "unix://" + socket)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            Optional<String> reason = DockerExecutor.unavailableReason(EngineForTests.withHost("unix://" + socket));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!reason.orElse("").contains("Podman") && service.isAlive() && System.nanoTime() < deadline) {
                service.waitFor(100, TimeUnit.MILLISECONDS);
                reason = DockerExecutor.unavailableReason(EngineForTests.withHost("unix://" + socket));
            }

            assertThat(reason.orElse("none") + Files.readString(folder.resolve("log")))
                    .contains("the engine is Podman ", "seccomp", "tmpfs", "use Docker Engine");
        } finally {
            service.destroy();
            service.waitFor();
            unmount(folder.resolve("root").resolve("overlay"));
        }
    }

    private static void unmount(Path mount) throws Exception {
        new ProcessBuilder("umount", "--lazy", mount.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
