package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.HiddenCharacters;
import io.strategysandbox.core.strategy.SourceFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Refuses text that does not mean what it shows, or that is made to exhaust a parser.
 */
final class SourceText {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_LINES = 20_000;
    private static final int MAX_LINE = 5_000;
    private static final int MAX_NESTING = 200;

    private final String text;
    private final FindingSink sink;
    private int line = 1;
    private int lineStart;
    private final Brackets brackets = new Brackets();

    private SourceText(String text, FindingSink sink) {
        this.text = text;
        this.sink = sink;
    }

    /** {@return the text, if a parser may see it} */
    static Optional<String> check(SourceFile source, FindingSink sink) {
        if (source.size() > MAX_BYTES) {
            sink.deny(
                    "too-large",
                    Category.RESOURCE,
                    0,
                    0,
                    "the file has " + source.size() + " bytes; at most " + MAX_BYTES + " are read. Split it.");
            return Optional.empty();
        }
        if (("/" + source.path()).endsWith("/module-info.java")) {
            sink.deny(
                    "module-declaration",
                    Category.IDENTITY,
                    0,
                    0,
                    "a strategy is no module of its own. Delete the file.");
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(source.bytes());
        try {
            SourceText text = new SourceText(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), sink);
            return text.fits() ? Optional.of(text.text) : Optional.empty();
        } catch (CharacterCodingException e) {
            sink.deny(
                    "not-utf-8",
                    Category.TEXT,
                    0,
                    0,
                    "the file is not valid UTF-8 at byte " + bytes.position() + ". Save it as UTF-8.");
            return Optional.empty();
        }
    }

    private boolean fits() {
        int backslashes = 0;
        boolean clean = true;
        for (int i = 0; i < text.length() && !sink.isFull(); ) {
            int c = text.codePointAt(i);
            if (c == 'u' && backslashes % 2 == 1) {
                clean &= escape(i);
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            if (HiddenCharacters.hides(text, i)) {
                clean &= deny(
                        i,
                        "invisible-character",
                        String.format(
                                java.util.Locale.ROOT,
                                "the character U+%04X is invisible or reorders text,"
                                        + " so that the code is not what it looks like. Delete it.",
                                c));
            }
            if (!structure(i, c)) {
                return false;
            }
            i += Character.charCount(c);
        }
        return clean;
    }

    /** Follows lines and brackets. {@return false if there are too many} */
    private boolean structure(int at, int c) {
        if (c == '\n' || c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n')) {
            line++;
            lineStart = at + 1;
        }
        brackets.next(c);
        if (line > MAX_LINES || at - lineStart > MAX_LINE || brackets.depth() > MAX_NESTING) {
            sink.deny(
                    "too-complex",
                    Category.RESOURCE,
                    line,
                    0,
                    "the file has more than " + MAX_LINES + " lines, a line of more than " + MAX_LINE
                            + " characters, or brackets more than " + MAX_NESTING + " deep. Split it.");
            return false;
        }
        return true;
    }

    /** Looks at a unicode escape whose first 'u' is at an index. */
    private boolean escape(int at) {
        int digits = at;
        while (digits < text.length() && text.charAt(digits) == 'u') {
            digits++;
        }
        if (digits + 4 > text.length()) {
            return true;
        }
        int c = 0;
        for (int i = digits; i < digits + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                // Not an escape: the compiler says so better.
                return true;
            }
            c = 16 * c + digit;
        }
        boolean hidden = c < 0x80 || HiddenCharacters.contains(c) && !Character.isSurrogate((char) c);
        return !hidden
                || characterLiteral(at, digits + 4, c)
                || deny(
                        at - 1,
                        "unicode-escape",
                        "the escape of U+" + text.substring(digits, digits + 4)
                                + " hides a character that the compiler acts upon. Write the character itself.");
    }

    /**
     * Whether an escape stands alone between single quotes, as in the literal of U+0000. The quotes keep it from being part
     * of a word; what would end a literal or a line is no such character.
     */
    private boolean characterLiteral(int at, int end, int c) {
        return at >= 2
                && text.charAt(at - 2) == '\''
                && end < text.length()
                && text.charAt(end) == '\''
                && c != '\''
                && c != '"'
                && c != '\\'
                && c != '\n'
                && c != '\r';
    }

    private boolean deny(int at, String rule, String message) {
        sink.deny(rule, Category.TEXT, line, at - lineStart + 1, message);
        return false;
    }
}
