package io.strategysandbox.core.strategy;

/**
 * Characters that are invisible, reorder text, end lines that editors do not end, or are dropped from identifiers. The table
 * is fixed: what a compiler does with them differs between releases.
 */
public final class HiddenCharacters {

    private static final int PICTURE = 0xFE0F;
    private static final int KEY_CAP = 0x20E3;
    private static final int JOINER = 0x200D;
    private static final int LIGHTEST_SKIN = 0x1F3FB;
    private static final int DARKEST_SKIN = 0x1F3FF;

    /** Ranges; pairs of first and last. */
    private static final int[] RANGES = {
        0x00, 0x08, 0x0B, 0x0B, 0x0E, 0x1F, 0x7F, 0x9F, 0xAD, 0xAD, 0x034F, 0x034F, 0x0600, 0x0605, 0x061C, 0x061C,
        0x06DD, 0x06DD, 0x070F, 0x070F, 0x0890, 0x0891, 0x08E2, 0x08E2, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F,
        0x200B, 0x200F, 0x2028, 0x202E, 0x2060, 0x206F, 0x2800, 0x2800, 0x3164, 0x3164, 0xD800, 0xDFFF, 0xFE00, 0xFE0F,
        0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFFB, 0x110BD, 0x110BD, 0x110CD, 0x110CD, 0x13430, 0x1343F, 0x1BCA0,
        0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

    private HiddenCharacters() {}

    /**
     * Whether a character is one of them.
     *
     * @param c a code point
     * @return whether it may hide something
     */
    public static boolean contains(int c) {
        for (int i = 0; i < RANGES.length; i += 2) {
            if (c >= RANGES[i] && c <= RANGES[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the character at an index of a text may hide something there. It does not if it makes a picture of symbols
     * that no word has: compilers take neither those symbols nor what belongs to them outside of comments and literals.
     *
     * @param text a text
     * @param at the index of a character in it
     * @return whether nobody should write it there
     */
    public static boolean hides(String text, int at) {
        int c = text.codePointAt(at);
        return contains(c) && !(c == PICTURE && selectsPicture(text, at)) && !(c == JOINER && follows(text, at));
    }

    /** After what is no part of a word, or before the key around a digit, which no compiler takes. */
    private static boolean selectsPicture(String text, int at) {
        return at > 0
                && (!Character.isUnicodeIdentifierPart(text.codePointBefore(at))
                        || at + 1 < text.length() && text.charAt(at + 1) == KEY_CAP);
    }

    /** Whether a symbol stands before a joiner, with or without a colour or the selector of its picture. */
    private static boolean follows(String text, int at) {
        int end = at > 0 && text.charAt(at - 1) == PICTURE ? at - 1 : at;
        if (end == 0) {
            return false;
        }
        int before = text.codePointBefore(end);
        return Character.getType(before) == Character.OTHER_SYMBOL && !contains(before)
                || before >= LIGHTEST_SKIN && before <= DARKEST_SKIN;
    }
}
