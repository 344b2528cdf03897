package io.strategysandbox.core.report;

import io.strategysandbox.core.host.FileTrees;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;

/** Writes files so that a reader sees the old content or the new, never a part. */
public final class AtomicFiles {

    private static final String DRAFT = ".tmp";

    private AtomicFiles() {}

    /** The content of a file, which need not be in memory as a whole. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param out where to; not to be closed
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

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
        write(file, out -> out.write(content));
    }

    /**
     * Writes a file as {@link #write(Path, byte[])} does.
     *
     * @param file the file
     * @param content the whole content
     * @throws IOException if it cannot be written; as above
     */
    public static void write(Path file, Content content) throws IOException {
        beside(file, (target, draft) -> {
            try {
                create(draft, content);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        });
    }

    /**
     * Writes a folder of files: to a new folder beside it, which then takes its name. What has the name before is deleted;
     * if it is a link, not what it leads to.
     *
     * @param folder the folder
     * @param content file name to content
     * @throws IOException if it cannot be written, with a message that says where, why and what to do; nothing is left
     *     beside it
     */
    public static void writeFolder(Path folder, Map<String, Content> content) throws IOException {
        beside(folder, (target, draft) -> {
            try {
                Files.createDirectory(draft);
                for (Map.Entry<String, Content> file : content.entrySet()) {
                    create(draft.resolve(file.getKey()), file.getValue());
                }
                FileTrees.delete(target);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                FileTrees.delete(draft);
            }
        });
    }

    private static void create(Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            content.writeTo(out);
        }
    }

    /** Something that is written to a draft, which becomes the target. */
    @FunctionalInterface
    private interface Writing {
        void write(Path target, Path draft) throws IOException;
    }

    private static void beside(Path path, Writing writing) throws IOException {
        Path target = path.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new IOException(path + " is not a file's name");
        }
        try {
            Files.createDirectories(directory);
            // Not Files.createTempFile: its files are private to the owner, and reports are for others too.
            writing.write(target, directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + DRAFT));
        } catch (IOException e) {
            throw new IOException(
                    "cannot write " + target + " (" + e + "); make " + directory
                            + " a folder that can be written to and has room, or choose another output folder",
                    e);
        }
    }

    /**
     * Whether something is what an interrupted writing has left.
     *
     * @param path any path
     */
    static boolean isDraft(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(".") && name.endsWith(DRAFT);
    }
}
