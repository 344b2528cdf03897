package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.HiddenCharacters;
import java.util.HexFormat;

/** Makes text that came from the input fit for a message: short, on one line, and without characters that lie. */
final class PrintableName {

    private static final int MAX_LENGTH = 600;
    private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

    private PrintableName() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 8);
        for (int i = 0; i < text.length() && out.length() < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c < 0x7F;
            if (c == '#' && i > 0 && text.charAt(i - 1) == '#') {
                // Build servers obey commands that begin with two of them.
                out.append(' ');
            }
            if (plain || (Character.isLetterOrDigit(c) && !HiddenCharacters.contains(c))) {
                out.append(c);
            } else {
                out.append("\\u").append(HEXADECIMAL.toHexDigits(c));
            }
        }
        return out.length() >= MAX_LENGTH ? out + "…" : out.toString();
    }
}
