package io.strategysandbox.core.strategy;

import java.util.Arrays;
import java.util.Objects;

/**
 * One source file as it was read, once. Later stages see these bytes and never the disk again, so what is validated is
 * what is compiled.
 */
public final class SourceFile {

    private final String path;
    private final byte[] bytes;

    private SourceFile(String path, byte[] bytes) {
        this.path = Objects.requireNonNull(path);
        this.bytes = bytes;
    }

    /**
     * A source file.
     *
     * @param path relative to the strategy directory, with '/' between names
     * @param bytes the content, not yet known to be valid UTF-8; copied
     * @return the file
     */
    public static SourceFile of(String path, byte[] bytes) {
        return new SourceFile(path, bytes.clone());
    }

    /** {@return the path relative to the strategy directory, with '/' between names} */
    public String path() {
        return path;
    }

    /** {@return a copy of the content, not yet known to be valid UTF-8} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return the size in bytes} */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceFile that && path.equals(that.path) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return path + " (" + bytes.length + " bytes)";
    }
}
