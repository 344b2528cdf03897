package io.strategysandbox.core.backend;

import java.nio.charset.StandardCharsets;

/**
 * Listens to standard error for the lines that decide a verdict. What a strategy prints goes elsewhere, so these lines
 * come from the JVM, or from a strategy that went out of its way to accuse itself. Not thread-safe.
 */
final class JvmWords {

    private static final int LONGEST_LINE = 512;

    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    private static final String[] THREAD_REFUSED = {"Failed to start thread", "unable to create native thread"};

    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private boolean outOfMemory;
    private boolean threadRefused;

    void add(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                endOfLine();
            } else if (length < line.length) {
                line[length++] = bytes[i];
            }
        }
    }

    void endOfLine() {
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        outOfMemory |= text.startsWith(OUT_OF_MEMORY);
        for (String words : THREAD_REFUSED) {
            threadRefused |= text.contains(words);
        }
        length = 0;
    }

    /** Whether the JVM said that it ends for lack of memory. */
    boolean outOfMemory() {
        return outOfMemory;
    }

    /** Whether the JVM said that it got no thread. */
    boolean threadRefused() {
        return threadRefused;
    }
}
