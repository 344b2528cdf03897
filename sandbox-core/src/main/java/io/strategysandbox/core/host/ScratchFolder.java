package io.strategysandbox.core.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary folder of this process. A process that is killed cannot delete it; then the next one that starts does. Which
 * process lives is left to the kernel, which takes back the locks of the dead at once, whatever user, container or boot
 * they were of: beside the folder's content lies a file that its owner holds locked.
 */
public final class ScratchFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);

    private static final String PREFIX = "strategy-sandbox-";
    private static final String LOCK = "lock";
    private static final String CONTENT = "content";

    /** Process, its start in milliseconds of the epoch, and what the JDK appends. */
    private static final Pattern NAME = Pattern.compile(PREFIX + "\\d{1,10}\\.\\d{1,15}-\\d{1,20}");

    private static final int ATTEMPTS = 10;

    /** Tools do not all notice that what they wrote is not there. */
    private static final long LEAST_BYTES = 1 << 20;

    private final Path folder;
    private final FileChannel lock;

    private ScratchFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes an empty folder in the system's place for temporary files, for this user only.
     *
     * @return the folder; the caller must close it
     * @throws IOException if it cannot be made, or there is no room
     */
    public static ScratchFolder create() throws IOException {
        Path temporary = systemTemporary();
        long free = Files.getFileStore(temporary).getUsableSpace();
        if (free < LEAST_BYTES) {
            throw new FileSystemException(
                    temporary.toString(),
                    null,
                    "only " + free
                            + " bytes are free; make room there, or choose another place for temporary files with"
                            + " -Djava.io.tmpdir");
        }
        return create(temporary);
    }

    private static Path systemTemporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    static ScratchFolder create(Path temporary) throws IOException {
        IOException failure = new IOException("no temporary folder could be made in " + temporary);
        for (int i = 0; i < ATTEMPTS; i++) {
            Path folder = Files.createTempDirectory(temporary, ownPrefix());
            try {
                // None if a sweep came between the two steps.
                Optional<FileChannel> lock = lock(folder);
                if (lock.isPresent()) {
                    Files.createDirectory(folder.resolve(CONTENT));
                    return new ScratchFolder(folder, lock.get());
                }
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private static String ownPrefix() {
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return PREFIX + self.pid() + "." + started + "-";
    }

    /** Takes a folder's lock; none if somebody has it, or had it and took the folder away. */
    private static Optional<FileChannel> lock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean kept = false;
        try {
            FileLock lock = channel.tryLock();
            kept = lock != null && Files.exists(file);
            return kept ? Optional.of(channel) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    /** {@return the folder, for whatever is temporary} */
    public Path path() {
        return folder.resolve(CONTENT);
    }

    /**
     * Deletes the folder with all that is in it.
     *
     * @throws IOException if something is left, naming it; may be tried again
     */
    public void delete() throws IOException {
        delete(folder, lock);
    }

    private static void delete(Path folder, FileChannel lock) throws IOException {
        FileTrees.delete(folder.resolve(CONTENT));
        // The lock goes before it is let go, so that whoever gets it next sees that it is worth nothing.
        Files.deleteIfExists(folder.resolve(LOCK));
        lock.close();
        Files.deleteIfExists(folder);
    }

    /** Deletes the folder with all that is in it; what cannot be deleted is logged. */
    @Override
    public void close() {
        try {
            delete();
        } catch (IOException e) {
            LOG.warn("cannot delete the temporary folder {}: {}; delete it by hand", folder, e.getMessage());
        }
    }

    /** Deletes the folders of this user's processes that were killed. What cannot be deleted is logged, not thrown. */
    public static void sweep() {
        sweep(systemTemporary());
    }

    static void sweep(Path temporary) {
        List<Path> others = new ArrayList<>();
        // Opening and closing a lock of this very process would let it go.
        String own = ownPrefix();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, ScratchFolder::isOurs)) {
            found.forEach(folder -> others.add(folder));
            others.removeIf(folder -> folder.getFileName().toString().startsWith(own));
            if (!others.isEmpty()) {
                sweep(temporary, others);
            }
        } catch (IOException e) {
            LOG.warn("cannot look for temporary folders of builds that are gone in {}: {}", temporary, e.getMessage());
        }
    }

    private static boolean isOurs(Path folder) {
        return NAME.matcher(folder.getFileName().toString()).matches()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static void sweep(Path temporary, List<Path> folders) throws IOException {
        try (ScratchFolder witness = create(temporary)) {
            Object self = Files.getOwner(witness.folder);
            for (Path folder : folders) {
                try {
                    if (Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(self)) {
                        deleteIfAbandoned(folder);
                    }
                } catch (FileSystemException e) {
                    LOG.debug("{} is being deleted by somebody else, or cannot be looked at", folder, e);
                }
            }
        }
    }

    private static void deleteIfAbandoned(Path folder) throws IOException {
        Optional<FileChannel> lock = lock(folder);
        if (lock.isPresent()) {
            try (FileChannel held = lock.get()) {
                delete(folder, held);
                LOG.debug("deleted {}, whose build is gone", folder);
            }
        }
    }
}
