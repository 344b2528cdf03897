package io.strategysandbox.core.validation;

import java.util.List;
import java.util.Map;

/** A type as far as a source and the class files of the libraries tell it. */
sealed interface SourceType {

    /** Of how many names a type may be made; of one that is made of more, the arguments are forgotten. */
    int MAX_SIZE = 64;

    /** {@return of how many names the type is made} */
    default int size() {
        return 1;
    }

    private static int size(List<SourceType> types) {
        return types.stream().mapToInt(SourceType::size).sum();
    }

    /** Types that are each bounded may still double with every line of a source. */
    private static List<SourceType> bounded(List<SourceType> arguments) {
        return size(arguments) < MAX_SIZE ? List.copyOf(arguments) : List.of();
    }

    /** {@return the same type with other types in the place of variables, by the variables' names} */
    SourceType with(Map<String, SourceType> bindings);

    default boolean isKnown() {
        return true;
    }

    static Library library(String name) {
        return new Library(name, List.of());
    }

    private static List<SourceType> with(List<SourceType> types, Map<String, SourceType> bindings) {
        return types.stream().map(type -> type.with(bindings)).toList();
    }

    /** Nothing is known. */
    record Unknown() implements SourceType {

        static final Unknown TYPE = new Unknown();

        @Override
        public boolean isKnown() {
            return false;
        }

        @Override
        public SourceType with(Map<String, SourceType> bindings) {
            return this;
        }
    }

    /**
     * A class of a library, or a primitive type.
     *
     * @param name binary name with dots, or the keyword
     */
    record Library(String name, List<SourceType> arguments) implements SourceType {

        public Library {
            arguments = bounded(arguments);
        }

        @Override
        public int size() {
            return 1 + SourceType.size(arguments);
        }

        boolean isPrimitive() {
            return Primitives.NAMES.contains(name);
        }

        @Override
        public SourceType with(Map<String, SourceType> bindings) {
            return arguments.isEmpty() ? this : new Library(name, SourceType.with(arguments, bindings));
        }
    }

    /** A class of the strategy's own. */
    record Own(OwnType type, List<SourceType> arguments) implements SourceType {

        public Own {
            arguments = bounded(arguments);
        }

        @Override
        public int size() {
            return 1 + SourceType.size(arguments);
        }

        @Override
        public SourceType with(Map<String, SourceType> bindings) {
            return arguments.isEmpty() ? this : new Own(type, SourceType.with(arguments, bindings));
        }
    }

    /**
     * A type variable.
     *
     * @param name its name, made unique by that of what declares it
     */
    record Variable(String name, List<SourceType> bounds) implements SourceType {

        public Variable {
            bounds = bounds.isEmpty() || !bounded(bounds).isEmpty() ? bounds : List.of(Unknown.TYPE);
        }

        @Override
        public int size() {
            return 1 + SourceType.size(bounds);
        }

        @Override
        public SourceType with(Map<String, SourceType> bindings) {
            return bindings.getOrDefault(name, this);
        }
    }

    /** An array. */
    record Array(SourceType element) implements SourceType {

        @Override
        public int size() {
            return 1 + element.size();
        }

        @Override
        public SourceType with(Map<String, SourceType> bindings) {
            return new Array(element.with(bindings));
        }
    }
}
