package io.strategysandbox.core.backend;

import java.nio.charset.StandardCharsets;

/** Makes text that came out of a sandbox fit to be shown: no character of it can steer a terminal or hide another. */
public final class CleanText {

    private CleanText() {}

    /** Decodes UTF-8, whatever the bytes are, and keeps line ends and tabs. */
    static String lines(byte[] bytes) {
        return clean(new String(bytes, StandardCharsets.UTF_8), true);
    }

    /**
     * Puts a text on one line.
     *
     * @param text any text
     * @return the text without line ends and without characters that steer a terminal
     */
    public static String line(String text) {
        return clean(text, false).strip();
    }

    private static String clean(String text, boolean keepLines) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (keepLines && (character == '\n' || character == '\t')) {
                clean.appendCodePoint(character);
            } else if (character == '\n' || character == '\t') {
                clean.append(' ');
            } else if (character != '\r') {
                clean.appendCodePoint(harmful(character) ? '\ufffd' : character);
            }
        });
        return clean.toString();
    }

    private static boolean harmful(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
