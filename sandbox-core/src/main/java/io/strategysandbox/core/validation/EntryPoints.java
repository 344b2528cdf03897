package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.CompiledClasses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/** Finds the class that a runner is to start, without loading any. */
public final class EntryPoints {

    private static final String TRADING_STRATEGY = "io/strategysandbox/api/TradingStrategy";
    private static final String STRATEGY = "org/ta4j/core/Strategy";
    private static final String BASE_STRATEGY = "org/ta4j/core/BaseStrategy";
    private static final String BUILDER = "buildStrategy";
    private static final Set<String> BUILDER_ARGUMENTS =
            Set.of("(Lorg/ta4j/core/BarSeries;)", "(Lorg/ta4j/core/BarSeries;Lio/strategysandbox/api/Parameters;)");
    private static final Set<String> CONSTRUCTORS = Set.of("()V", "(Lio/strategysandbox/api/Parameters;)V");
    private static final String FORMS = "either 'public static Strategy buildStrategy(BarSeries series)' or"
            + " 'implements TradingStrategy' with a constructor without arguments or with Parameters";

    private final Map<String, ClassShape> classes = new HashMap<>();

    private EntryPoints(CompiledClasses compiled) {
        for (String name : compiled.names()) {
            try {
                classes.put(name.replace('.', '/'), ClassShape.read(compiled.bytes(name)));
            } catch (RuntimeException | StackOverflowError e) {
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
        List<String> found = points.withStanding(Standing.ENTRY);
        return switch (found.size()) {
            case 0 -> points.none();
            case 1 -> new Found(found.get(0));
            default ->
                missing(
                        "entry-ambiguous",
                        "several classes have an entry point: " + String.join(", ", found)
                                + "; name one with entry: in strategy.yaml");
        };
    }

    /** What a class is to a runner. */
    private enum Standing {
        ENTRY,
        ABSTRACT,
        NOT_CONSTRUCTIBLE,
        NONE
    }

    private List<String> withStanding(Standing standing) {
        return classes.keySet().stream()
                .filter(name -> standing(name) == standing)
                .map(name -> name.replace('/', '.'))
                .sorted()
                .toList();
    }

    private Result none() {
        List<String> nearly = withStanding(Standing.NOT_CONSTRUCTIBLE);
        return nearly.isEmpty()
                ? missing("entry-missing", "no class has an entry point; give one " + FORMS)
                : notConstructible(nearly.get(0));
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
        Standing standing = standing(name);
        return switch (standing == Standing.NONE && inheritsBuilder(name) ? Standing.ENTRY : standing) {
            case ENTRY -> new Found(entry);
            case ABSTRACT ->
                missing(
                        "entry-abstract",
                        "the class " + entry + " is abstract, so that no runner can make one; name a class that extends"
                                + " it with entry: in strategy.yaml");
            case NOT_CONSTRUCTIBLE -> notConstructible(entry);
            case NONE -> missing("entry-missing", "the class " + entry + " has no entry point; give it " + FORMS);
        };
    }

    /** The same decision as the runner's, which makes a TradingStrategy of whatever implements it. */
    private Standing standing(String name) {
        ClassShape shape = classes.get(name);
        if (shape == null || shape.local()) {
            return Standing.NONE;
        }
        if (!isA(name, TRADING_STRATEGY)) {
            return builds(shape) ? Standing.ENTRY : Standing.NONE;
        }
        if ((shape.access() & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) != 0) {
            return Standing.ABSTRACT;
        }
        return constructible(shape) ? Standing.ENTRY : Standing.NOT_CONSTRUCTIBLE;
    }

    /** As the runner, which asks for inherited methods, too; only a class that is named can be meant by that. */
    private boolean inheritsBuilder(String name) {
        Set<String> seen = new HashSet<>();
        ClassShape shape = classes.get(name);
        while (shape != null && !shape.local() && seen.add(shape.name())) {
            if (builds(shape)) {
                return true;
            }
            shape = shape.parents().isEmpty()
                    ? null
                    : classes.get(shape.parents().get(0));
        }
        return false;
    }

    private boolean builds(ClassShape shape) {
        int flags = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        return shape.members().entrySet().stream()
                .anyMatch(member -> (member.getValue() & flags) == flags && isBuilder(member.getKey()));
    }

    private boolean isBuilder(String member) {
        int end = member.indexOf(')') + 1;
        return member.startsWith(BUILDER)
                && BUILDER_ARGUMENTS.contains(member.substring(BUILDER.length(), Math.max(end, BUILDER.length())))
                && member.startsWith("L", end)
                && isA(member.substring(end + 1, member.length() - 1), STRATEGY);
    }

    /** The implicit constructor of a class that is not public is not public either, and as good. */
    private static boolean constructible(ClassShape shape) {
        boolean visible = (shape.modifiers() & Opcodes.ACC_PUBLIC) != 0;
        return CONSTRUCTORS.stream()
                .anyMatch(descriptor -> shape.member("<init>", descriptor)
                        .filter(access ->
                                visible ? (access & Opcodes.ACC_PUBLIC) != 0 : (access & Opcodes.ACC_PRIVATE) == 0)
                        .isPresent());
    }

    private boolean isA(String name, String ancestor) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(name));
        while (!next.isEmpty()) {
            String candidate = next.remove();
            if (candidate.equals(ancestor) || candidate.equals(BASE_STRATEGY) && ancestor.equals(STRATEGY)) {
                return true;
            }
            ClassShape shape = classes.get(candidate);
            if (shape != null && seen.add(candidate)) {
                next.addAll(shape.parents());
            }
        }
        return false;
    }

    private static Missing notConstructible(String className) {
        return missing(
                "entry-not-constructible",
                "the class " + className
                        + " implements TradingStrategy, but no runner can make one: a public class needs"
                        + " a public constructor, any other class one that is not private, without arguments or with"
                        + " Parameters, and a nested class must be static; add one");
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
