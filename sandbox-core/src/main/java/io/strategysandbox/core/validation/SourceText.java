package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.SourceFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Refuses text that does not mean what it shows, or that is made to exhaust a parser. The table of characters is fixed:
 * which ones a compiler drops from identifiers differs between releases.
 */
final class SourceText {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_LINES = 20_000;
    private static final int MAX_LINE = 5_000;
    private static final int MAX_NESTING = 200;

    /** Ranges of characters that are invisible, reorder text, or are dropped from identifiers; pairs of first and last. */
    private static final int[] REFUSED = {
        0x00, 0x08, 0x0B, 0x0B, 0x0E, 0x1F, 0x7F, 0x9F, 0xAD, 0xAD, 0x034F, 0x034F, 0x0600, 0x0605, 0x061C, 0x061C,
        0x06DD, 0x06DD, 0x070F, 0x070F, 0x0890, 0x0891, 0x08E2, 0x08E2, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F,
        0x200B, 0x200F, 0x2028, 0x202E, 0x2060, 0x206F, 0x2800, 0x2800, 0x3164, 0x3164, 0xD800, 0xDFFF, 0xFE00, 0xFE0F,
        0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFFB, 0x110BD, 0x110BD, 0x110CD, 0x110CD, 0x13430, 0x1343F, 0x1BCA0,
        0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

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
        if (source.path().endsWith("module-info.java")) {
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
            if (refused(c) && !picture(i, c)) {
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
        try {
            int c = Integer.parseInt(text.substring(digits, digits + 4), 16);
            boolean hidden = c < 0x80 || refused(c) && !Character.isSurrogate((char) c);
            if (hidden && !characterLiteral(at, digits + 4, c)) {
                return deny(
                        at - 1,
                        "unicode-escape",
                        "the escape of U+" + text.substring(digits, digits + 4)
                                + " hides a character that the compiler acts upon. Write the character itself.");
            }
        } catch (NumberFormatException e) {
            // Not an escape: the compiler says so better.
            return true;
        }
        return true;
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

    /** Whether this is the selector that makes the symbol before it a picture. Compilers keep it out of words there. */
    private boolean picture(int at, int c) {
        return c == 0xFE0F && at > 0 && !Character.isUnicodeIdentifierPart(text.codePointBefore(at));
    }

    private boolean deny(int at, String rule, String message) {
        sink.deny(rule, Category.TEXT, line, at - lineStart + 1, message);
        return false;
    }

    private static boolean refused(int c) {
        for (int i = 0; i < REFUSED.length; i += 2) {
            if (c >= REFUSED[i] && c <= REFUSED[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
