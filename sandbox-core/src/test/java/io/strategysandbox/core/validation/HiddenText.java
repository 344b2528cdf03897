package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.DangerousOperations.Operation;
import io.strategysandbox.core.validation.Disguises.Disguised;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Writes dangerous operations so that the text is not what it looks like. */
final class HiddenText {

    private HiddenText() {}

    /** Each character that a compiler may drop from a word, in the midst of one. */
    static List<Disguised> ignorable(Operation operation) {
        String expression = operation.expression();
        int middle = expression.indexOf(operation.simpleName()) + 1;
        List<Disguised> hidden = new ArrayList<>();
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isIdentifierIgnorable)
                .filter(c -> !Character.isSurrogate((char) c) || c > Character.MAX_VALUE)
                .forEach(c -> hidden.add(disguised(
                        String.format(Locale.ROOT, "Ignorable%04X", c),
                        operation,
                        expression.substring(0, middle) + Character.toString(c) + expression.substring(middle))));
        return hidden;
    }

    /** Each character of the expression as its unicode escape. */
    static List<Disguised> escaped(Operation operation) {
        String expression = operation.expression();
        List<Disguised> hidden = new ArrayList<>();
        for (int i = 0; i < expression.length(); i++) {
            String escape = String.format(Locale.ROOT, "\\%s%04x", "u".repeat(1 + i % 3), (int) expression.charAt(i));
            hidden.add(
                    disguised("Escape", operation, expression.substring(0, i) + escape + expression.substring(i + 1)));
        }
        return hidden;
    }

    private static Disguised disguised(String name, Operation operation, String expression) {
        return new Disguised(
                name,
                operation,
                "A.java",
                "class A { void m() throws Throwable {\n" + Disguises.MARK + " " + expression + ";\n} }\n");
    }
}
