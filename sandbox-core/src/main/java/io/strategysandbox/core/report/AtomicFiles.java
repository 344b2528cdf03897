package io.strategysandbox.core.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files so that a reader sees the old content or the new, never a part. */
public final class AtomicFiles {

    private AtomicFiles() {}

    /**
     * Writes a file: to a new file beside it, which then takes its name. Missing directories are made. A link at
     * {@code file} is replaced, not followed.
     *
     * @param file the file
     * @param content the whole content
     * @throws IOException if it cannot be written, with a message that says where, why and what to do; the old content
     *     then stays and nothing is left beside it
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new IOException(file + " is not a file's name");
        }
        try {
            Files.createDirectories(directory);
            replace(target, directory, content);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write " + target + " (" + e + "); make " + directory
                            + " a folder that can be written to, or choose another output folder",
                    e);
        }
    }

    private static void replace(Path target, Path directory, byte[] content) throws IOException {
        // Not Files.createTempFile: its files are private to the owner, and reports are for others too.
        Path draft = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(draft, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
