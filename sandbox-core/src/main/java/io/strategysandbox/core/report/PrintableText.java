package io.strategysandbox.core.report;

import io.strategysandbox.core.strategy.HiddenCharacters;
import java.util.Locale;

/** Makes text that a strategy chose safe to show: names, messages and output may hold anything. */
final class PrintableText {

    private static final int MOST_CHARACTERS = 16_384;

    private PrintableText() {}

    /**
     * One line without anything that a terminal obeys.
     *
     * @param text any text
     * @return the text with every run of white space as one space, and every control, format, private or unpaired
     *     character as {@code ?}; {@code ##} and a leading {@code ::} are pulled apart, since build servers obey the
     *     commands that begin so
     */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                gap = !line.isEmpty();
                continue;
            }
            if (gap) {
                line.append(' ');
                gap = false;
            }
            boolean command = c == '#' && line.lastIndexOf("#") == line.length() - 1 && !line.isEmpty()
                    || c == ':' && line.length() == 1 && line.charAt(0) == ':';
            line.append(command ? " " : "").appendCodePoint(invisible(c) ? '?' : c);
        }
        return line.toString();
    }

    /**
     * One line of limited length.
     *
     * @param text any text
     * @param width the most columns, at least 1
     * @return as {@link #line(String)}, with {@code …} in place of what does not fit
     */
    static String line(String text, int width) {
        // What is cut off anyway need not be looked at; a hostile text may be long.
        String line = line(text.length() > 16 * width ? text.substring(0, 16 * width) : text);
        int columns = 0;
        int end = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            // A mark that is drawn over the character before it counts here too, or a pile of them has no end.
            columns += Math.max(1, columns(c));
            if (columns > width) {
                return line.substring(0, end) + "…";
            }
            i += Character.charCount(c);
            if (columns < width) {
                end = i;
            }
        }
        return line;
    }

    /**
     * A cell of a table.
     *
     * @param text any text
     * @param width the columns
     * @return as {@link #line(String, int)}, with spaces after it up to the width
     */
    static String padded(String text, int width) {
        String cell = line(text, width);
        int columns = cell.codePoints().map(PrintableText::columns).sum();
        return cell + " ".repeat(width - columns);
    }

    // Terminals draw East Asian characters and pictographs twice as wide as Latin ones.
    private static int columns(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = codePoint >= 0x1100 && codePoint <= 0x115F
                || codePoint >= 0x2E80 && codePoint <= 0xA4CF
                || codePoint >= 0xAC00 && codePoint <= 0xD7A3
                || codePoint >= 0xF900 && codePoint <= 0xFAFF
                || codePoint >= 0xFE30 && codePoint <= 0xFE6F
                || codePoint >= 0xFF00 && codePoint <= 0xFF60
                || codePoint >= 0xFFE0 && codePoint <= 0xFFE6
                || codePoint >= 0x1F300 && codePoint <= 0x1FAFF
                || codePoint >= 0x20000 && codePoint <= 0x3FFFD;
        return wide ? 2 : 1;
    }

    /**
     * Text of limited length, for a report.
     *
     * @param text any text
     * @return the text, or the first 16,384 characters of it and how many there were
     */
    static String bounded(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
        return text.substring(0, end) + "… (" + text.length() + " characters in all)";
    }

    /**
     * A character the way Java writes it: a backslash, u, and four hexadecimal digits for each of its UTF-16 units.
     *
     * @param codePoint the character
     * @return the escape
     */
    static String escape(int codePoint) {
        StringBuilder escape = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            escape.append(String.format(Locale.ROOT, "\\u%04X", (int) unit));
        }
        return escape.toString();
    }

    /**
     * Whether a character has no picture of its own.
     *
     * @param codePoint the character
     * @return whether it is a control, format, separator, private or unpaired surrogate character, or a letter or symbol
     *     that is drawn as nothing
     */
    static boolean invisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            // What is drawn over the character before it has a picture with that one.
            case Character.NON_SPACING_MARK -> false;
            default -> HiddenCharacters.contains(codePoint);
        };
    }
}
