package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.CompiledClasses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/** Finds the class that a runner is to start, without loading any. */
public final class EntryPoints {

    private static final String TRADING_STRATEGY = "io/strategysandbox/api/TradingStrategy";
    private static final Set<String> BUILD_STRATEGY = Set.of(
            "(Lorg/ta4j/core/BarSeries;)Lorg/ta4j/core/Strategy;",
            "(Lorg/ta4j/core/BarSeries;Lio/strategysandbox/api/Parameters;)Lorg/ta4j/core/Strategy;");
    private static final Set<String> CONSTRUCTORS = Set.of("()V", "(Lio/strategysandbox/api/Parameters;)V");
    private static final String FORMS = "either 'public static Strategy buildStrategy(BarSeries series)' or"
            + " 'implements TradingStrategy' with a constructor without arguments or with Parameters";

    private final Map<String, ClassShape> classes = new HashMap<>();

    private EntryPoints(CompiledClasses compiled) {
        for (String name : compiled.names()) {
            try {
                classes.put(name.replace('.', '/'), ClassShape.read(compiled.bytes(name)));
            } catch (RuntimeException e) {
                // What cannot be read is refused by the validator; it is no entry.
                classes.remove(name.replace('.', '/'));
            }
        }
    }

    /** The entry, or why there is none. */
    public sealed interface Result {}

    /**
     * There is one.
     *
     * @param className its binary name
     */
    public record Found(String className) implements Result {}

    /**
     * There is none, or more than one.
     *
     * @param finding why, and what to do
     */
    public record Missing(Finding finding) implements Result {}

    /**
     * Finds the entry class.
     *
     * @param classes the class files of one strategy
     * @param entry the class that the manifest names, if it does
     * @return the named class if it has an entry point; otherwise the only class that has one
     */
    public static Result find(CompiledClasses classes, Optional<String> entry) {
        EntryPoints points = new EntryPoints(classes);
        if (entry.isPresent()) {
            return points.named(entry.get());
        }
        List<String> found = points.classes.keySet().stream()
                .filter(points::hasEntryPoint)
                .map(name -> name.replace('/', '.'))
                .sorted()
                .toList();
        return switch (found.size()) {
            case 0 -> missing("entry-missing", "no class has an entry point; give one " + FORMS);
            case 1 -> new Found(found.get(0));
            default ->
                missing(
                        "entry-ambiguous",
                        "several classes have an entry point: " + String.join(", ", found)
                                + "; name one with entry: in strategy.yaml");
        };
    }

    private Result named(String entry) {
        String name = entry.replace('.', '/');
        if (!classes.containsKey(name)) {
            return missing(
                    "entry-not-found",
                    "the manifest names the entry class '" + entry + "', and there is no such class; correct entry: in"
                            + " strategy.yaml (classes are: "
                            + String.join(
                                    ", ",
                                    classes.keySet().stream()
                                            .map(known -> known.replace('/', '.'))
                                            .sorted()
                                            .limit(20)
                                            .toList())
                            + ")");
        }
        return hasEntryPoint(name)
                ? new Found(entry)
                : missing("entry-missing", "the class " + entry + " has no entry point; give it " + FORMS);
    }

    private boolean hasEntryPoint(String name) {
        ClassShape shape = classes.get(name);
        if (shape == null || shape.local()) {
            return false;
        }
        int flags = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        boolean builds = BUILD_STRATEGY.stream()
                .anyMatch(descriptor -> shape.member("buildStrategy", descriptor)
                        .filter(access -> (access & flags) == flags)
                        .isPresent());
        boolean concrete = (shape.access() & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0;
        boolean constructible = CONSTRUCTORS.stream()
                .anyMatch(descriptor -> shape.member("<init>", descriptor)
                        .filter(access -> (access & Opcodes.ACC_PRIVATE) == 0)
                        .isPresent());
        return builds || concrete && constructible && implementsTradingStrategy(name, 0);
    }

    private boolean implementsTradingStrategy(String name, int depth) {
        ClassShape shape = classes.get(name);
        return shape != null
                && depth < 100
                && shape.parents().stream()
                        .anyMatch(parent ->
                                parent.equals(TRADING_STRATEGY) || implementsTradingStrategy(parent, depth + 1));
    }

    private static Missing missing(String rule, String message) {
        return new Missing(new Finding(
                rule,
                Category.OTHER,
                Finding.Severity.DENY,
                Finding.Layer.BYTECODE,
                "strategy.yaml",
                0,
                0,
                PrintableName.of(message)));
    }
}
