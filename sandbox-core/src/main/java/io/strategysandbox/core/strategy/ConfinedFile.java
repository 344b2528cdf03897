package io.strategysandbox.core.strategy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file of a tree that others may write to at the same time: it is in the tree, and not too large. */
final class ConfinedFile {

    /** The most that a file may have. */
    static final int MAX_BYTES = 1 << 20;

    private ConfinedFile() {}

    /** Whether a name shows what it is: systems differ in whether a backslash is part of a name. */
    static boolean isPlainName(String name) {
        return name.indexOf('\\') < 0
                && name.codePoints().noneMatch(c -> Character.isISOControl(c) || HiddenCharacters.contains(c));
    }

    /**
     * Reads the file that a path led to when it was looked at.
     *
     * @param realRoot the tree, without links
     * @param file the file, or a link to one
     * @return its bytes; empty if it is larger than {@link #MAX_BYTES}, or no plain file
     * @throws IOException if it cannot be read, or is not in the tree, or another one has taken its place
     */
    static Optional<byte[]> read(Path realRoot, Path file) throws IOException {
        Path real = file.toRealPath();
        if (!real.startsWith(realRoot)) {
            throw new IOException(file + " is a symbolic link out of " + realRoot);
        }
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (!real.equals(real.toRealPath())) {
            throw new IOException(file + " was replaced while it was read");
        }
        return bytes.length > MAX_BYTES ? Optional.empty() : Optional.of(bytes);
    }
}
