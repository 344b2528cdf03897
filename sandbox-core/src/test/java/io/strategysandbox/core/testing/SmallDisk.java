package io.strategysandbox.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that can be filled: a tmpfs, for as long as it is not closed. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Mounts one; the test is skipped where that is not allowed.
     *
     * @param folder where; made
     * @param bytes its size
     */
    public static SmallDisk at(Path folder, long bytes) throws IOException, InterruptedException {
        Files.createDirectory(folder);
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assumeTrue(mount.waitFor() == 0, () -> "no small disk can be mounted: " + said);
        return new SmallDisk(folder);
    }

    /** {@return where it is} */
    public Path folder() {
        return folder;
    }

    /** Takes all room that is left. */
    public void fill() throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filling())) {
            while (Files.getFileStore(folder).getUsableSpace() > 0) {
                out.write(page);
            }
        }
    }

    /** Gives back the room that {@link #fill} took. */
    public void free() throws IOException {
        Files.delete(filling());
    }

    private Path filling() {
        return folder.resolve("filling");
    }

    @Override
    public void close() throws IOException {
        Process unmount = new ProcessBuilder("umount", "--lazy", folder.toString()).start();
        assertThat(unmount.onExit().join().exitValue()).isZero();
    }
}
