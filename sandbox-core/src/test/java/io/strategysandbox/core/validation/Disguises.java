package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.DangerousOperations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes dangerous operations in all the ways that {@code disguises.txt} lists. */
final class Disguises {

    /** Begins every line that a finding may name. */
    static final String MARK = "/*here*/";

    private static final String TRIED = "¶try { boolean yes = true; if (yes) {§%E;¶} } catch (Throwable any) { }¶";

    /** An operation as a source of its own. */
    record Disguised(String name, Operation operation, String path, String text) {}

    private Disguises() {}

    /** All disguises that an operation can wear, in a package. */
    static List<Disguised> of(Operation operation, String packageName) {
        List<Disguised> disguised = new ArrayList<>();
        ListFile.lines("disguises.txt").forEach(line -> {
            String[] columns = line.split(" [|] ", 3);
            if (isFor(operation, columns[1])) {
                String text = "package " + packageName + ";¶" + fill(columns[2], "At" + columns[0], operation);
                disguised.add(new Disguised(
                        columns[0],
                        operation,
                        packageName + "/At" + columns[0] + ".java",
                        text.replace("§", "\n" + MARK + " ").replace("¶", "\n")));
            }
        });
        return disguised;
    }

    private static boolean isFor(Operation operation, String kind) {
        return switch (kind) {
            case "any" -> true;
            case "import" -> !imported(operation).equals(operation.expression());
            case "member" -> !operation.isConstructor();
            case "arguments" -> !operation.arguments().isEmpty();
            case "text" ->
                operation.arguments().size() == 1 && operation.argumentList().startsWith("\"");
            case "value" -> operation.isConstructor() || !operation.isVoid();
            case "static" -> operation.isStatic();
            case "static-class" -> operation.isStatic() && !operation.isOfInterface();
            case "static-extensible" -> operation.isStatic() && operation.isExtensible();
            case "new" -> operation.isConstructor();
            case "new-extensible" -> operation.isConstructor() && operation.isExtensible();
            case "instance" -> operation.isInstance();
            case "instance-import" ->
                operation.isInstance() && !operation.packageName().equals("java.lang");
            case "instance-extensible" -> operation.isInstance() && operation.isExtensible();
            case "pattern" -> operation.isInstance() && !operation.type().equals("java.lang.Object");
            // Final methods of Object cannot be declared again, and a default method would be a second one.
            case "renamed" ->
                operation.isInstance()
                        && operation.isExtensible()
                        && !operation.type().equals("java.lang.Object")
                        && !operation.type().equals("java.util.ArrayList");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static String fill(String template, String className, Operation operation) {
        String receiver = operation.isStatic() ? operation.type() : operation.receiver();
        String callable = operation.isConstructor() ? "new " + operation.type() : receiver + "." + operation.member();
        return template.replace("%S", TRIED)
                .replace("%C", className)
                .replace("%E", operation.expression())
                .replace("%I", imported(operation))
                .replace("%T", operation.type())
                .replace("%N", operation.simpleName())
                .replace("%P", operation.packageName())
                .replace("%R", receiver)
                .replace("%O", receiver)
                .replace("%Y", callable)
                .replace("%M", operation.member())
                .replace("%X", operation.result())
                .replace("%A", operation.argumentList())
                .replace("%K", operation.arguments().isEmpty() ? "" : ", ")
                .replace("%Q", operation.parameters())
                .replace("%Z", operation.parameterNames())
                .replace("%B", operation.subclass());
    }

    /** The expression with the simple name of the class. */
    private static String imported(Operation operation) {
        return operation
                .expression()
                .replaceAll("\\b" + Pattern.quote(operation.type()) + "\\b(?![.]class)", operation.simpleName());
    }
}
