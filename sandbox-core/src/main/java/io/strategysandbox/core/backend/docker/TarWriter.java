package io.strategysandbox.core.backend.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a tar archive (ustar) whose bytes depend on nothing but what is put in: every entry belongs to root and has the
 * same time.
 */
final class TarWriter implements AutoCloseable {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int PREFIX_LENGTH = 155;

    /**
     * The time of every entry, in seconds since the epoch (2020-01-01). A JVM refuses a class data archive if a jar's time
     * has changed since, so it has to be a fixed one.
     */
    private static final long TIME = 1_577_836_800L;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Adds a directory; its parents have to be added before. */
    void directory(String name, int mode) throws IOException {
        header(name + "/", mode, 0, '5');
    }

    /** Adds a file with this content. */
    void file(String name, int mode, byte[] content) throws IOException {
        header(name, mode, content.length, '0');
        out.write(content);
        pad(content.length);
    }

    /** Adds a file with a file's content. */
    void file(String name, int mode, Path content) throws IOException {
        long size = Files.size(content);
        header(name, mode, size, '0');
        try (InputStream in = Files.newInputStream(content)) {
            if (in.transferTo(out) != size) {
                throw new IOException(content + " changed while it was read");
            }
        }
        pad(size);
    }

    private void header(String name, int mode, long size, char type) throws IOException {
        byte[] block = new byte[BLOCK];
        int split = name.length() <= NAME_LENGTH ? -1 : name.indexOf('/', name.length() - NAME_LENGTH - 1);
        if (name.length() > NAME_LENGTH && (split < 0 || split > PREFIX_LENGTH)) {
            throw new IOException("name too long for an archive: " + name);
        }
        put(block, 0, name.substring(split + 1));
        put(block, 100, octal(mode, 7));
        put(block, 108, octal(0, 7));
        put(block, 116, octal(0, 7));
        put(block, 124, octal(size, 11));
        put(block, 136, octal(TIME, 11));
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 257, "ustar");
        put(block, 263, "00");
        if (split >= 0) {
            put(block, 345, name.substring(0, split));
        }
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, octal(sum, 6) + "\0 ");
        out.write(block);
    }

    private static String octal(long value, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "o", value);
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    /** Ends the archive and closes the stream below. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
