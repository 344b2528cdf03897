package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.SourceType.Library;
import io.strategysandbox.core.validation.SourceType.Own;
import io.strategysandbox.core.validation.SourceType.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A type and all above it: superclasses first, then interfaces. */
final class Ancestry {

    /** No honest class has so many ancestors; with more of them a look at each would take too long. */
    static final int MAX_TYPES = 200;

    private final LibraryTypes libraries;

    Ancestry(LibraryTypes libraries) {
        this.libraries = libraries;
    }

    /**
     * A lineage.
     *
     * @param types the types, each once
     * @param complete whether all ancestors are known; what is not found in others may be there
     */
    record Lineage(List<SourceType> types, boolean complete) {}

    Lineage of(SourceType type) {
        List<SourceType> types = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        Deque<SourceType> interfaces = new ArrayDeque<>();
        boolean complete = true;
        interfaces.add(type);
        while (!interfaces.isEmpty()) {
            Optional<SourceType> next = Optional.of(interfaces.remove());
            while (next.isPresent()) {
                SourceType current = next.get();
                next = Optional.empty();
                if (!seen.add(identity(current))) {
                    continue;
                }
                if (types.size() == MAX_TYPES) {
                    return new Lineage(types, false);
                }
                Optional<List<SourceType>> parents = parents(current);
                complete &= parents.isPresent();
                types.add(current);
                if (parents.isPresent() && !parents.get().isEmpty()) {
                    next = Optional.of(parents.get().get(0));
                    interfaces.addAll(parents.get().subList(1, parents.get().size()));
                }
            }
        }
        return new Lineage(types, complete);
    }

    /** Whether a library class is another one or below it; empty if not all ancestors are known. */
    Optional<Boolean> isBelow(SourceType type, String ancestor) {
        Lineage lineage = of(type);
        boolean below = lineage.types().stream()
                .anyMatch(each ->
                        each instanceof Library library && library.name().equals(ancestor));
        return below || lineage.complete() ? Optional.of(below) : Optional.empty();
    }

    private static Object identity(SourceType type) {
        if (type instanceof Library library) {
            return library.name();
        }
        return type instanceof Own own ? own.type() : type;
    }

    /** The parents of a type, the superclass first; empty if they are not known. */
    private Optional<List<SourceType>> parents(SourceType type) {
        if (type instanceof Library library) {
            return libraries
                    .any(library.name())
                    .map(known -> with(known.parents(), known.bindings(library.arguments())));
        }
        if (type instanceof Own own) {
            return Optional.of(with(own.type().parents(), own.type().bindings(own.arguments())));
        }
        if (type instanceof Variable variable) {
            return Optional.of(variable.bounds());
        }
        return type.isKnown() ? Optional.of(List.of(SourceType.library("java.lang.Object"))) : Optional.empty();
    }

    private static List<SourceType> with(List<SourceType> types, Map<String, SourceType> bindings) {
        return bindings.isEmpty()
                ? types
                : types.stream().map(type -> type.with(bindings)).toList();
    }
}
