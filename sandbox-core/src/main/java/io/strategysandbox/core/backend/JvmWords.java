package io.strategysandbox.core.backend;

import java.nio.charset.StandardCharsets;

/**
 * Listens to standard error for the words that decide a verdict. What a strategy prints goes elsewhere, so they come from
 * the JVM, or from a strategy that went out of its way to accuse itself; it may have written something else in front of
 * them. Not thread-safe.
 */
final class JvmWords {

    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    private static final String[] THREAD_REFUSED = {"Failed to start thread", "unable to create native thread"};

    /** As much of what was heard as may be the beginning of such words. */
    private String tail = "";

    private boolean outOfMemory;
    private boolean threadRefused;

    void add(byte[] bytes, int count) {
        String heard = tail + new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        outOfMemory |= heard.contains(OUT_OF_MEMORY);
        for (String words : THREAD_REFUSED) {
            threadRefused |= heard.contains(words);
        }
        tail = heard.substring(Math.max(0, heard.length() - OUT_OF_MEMORY.length()));
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
