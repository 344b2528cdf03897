package io.strategysandbox.core.report;

/** Makes text that a strategy chose safe to show: names, messages and output may hold anything. */
final class PrintableText {

    private PrintableText() {}

    /**
     * One line without anything that a terminal obeys.
     *
     * @param text any text
     * @return the text with every run of white space as one space, and every control, format, private or unpaired
     *     character as {@code ?}
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
            line.appendCodePoint(invisible(c) ? '?' : c);
        }
        return line.toString();
    }

    /**
     * One line of limited length.
     *
     * @param text any text
     * @param width the most characters, at least 1
     * @return as {@link #line(String)}, with {@code …} in place of what does not fit
     */
    static String line(String text, int width) {
        // What is cut off anyway need not be looked at; a hostile text may be long.
        String line = line(text.length() > 16 * width ? text.substring(0, 16 * width) : text);
        if (line.codePointCount(0, line.length()) <= width) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
    }

    /**
     * Whether a character has no picture of its own.
     *
     * @param codePoint the character
     * @return whether it is a control, format, separator, private or unpaired surrogate character
     */
    static boolean invisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
