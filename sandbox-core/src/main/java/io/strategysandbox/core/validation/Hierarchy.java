package io.strategysandbox.core.validation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The classes of one strategy and the libraries' above them. For one thread. */
final class Hierarchy {

    /** More than any class that somebody wrote. */
    private static final int MAX_ANCESTORS = 500;

    private static final int MAX_EDGES = 5_000;

    /** javac has seen all classes; those that it names are there. */
    private static final int MAX_MISSING = 1_000;

    private final Map<String, ClassShape> own;
    private final Libraries libraries;
    private final AllowList allowList;
    private int missing;
    private final Map<String, List<ClassShape>> lineages = new HashMap<>();

    /**
     * A hierarchy.
     *
     * @param own the strategy's classes by internal name
     */
    Hierarchy(Map<String, ClassShape> own, Libraries libraries, AllowList allowList) {
        this.own = Map.copyOf(own);
        this.libraries = libraries;
        this.allowList = allowList;
    }

    /** Whether a class of the strategy's own has the name of one in a library of the user's. */
    boolean hidesLibrary(String name) {
        return libraries.isInJars(name);
    }

    boolean isOwn(String name) {
        return own.containsKey(name);
    }

    /**
     * A class and all its ancestors as the JVM looks for members: superclasses first, then interfaces. An ancestor that
     * cannot be found is left out; nothing can be inherited from it that would be allowed.
     *
     * @throws IllegalArgumentException if there are too many to be looked at
     */
    List<ClassShape> lineage(String name) {
        List<ClassShape> known = lineages.get(name);
        if (known == null) {
            known = List.copyOf(read(name));
            lineages.put(name, known);
        }
        return known;
    }

    /** What a class that extends Object and implements interfaces inherits, in the order of {@link #lineage}. */
    List<ClassShape> lineageOf(Set<String> interfaces) {
        Map<String, ClassShape> lineage = new LinkedHashMap<>();
        lineage("java/lang/Object").forEach(shape -> lineage.put(shape.name(), shape));
        interfaces.forEach(name -> lineage(name).forEach(shape -> lineage.putIfAbsent(shape.name(), shape)));
        return List.copyOf(lineage.values());
    }

    private List<ClassShape> read(String name) {
        List<ClassShape> lineage = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Deque<String> interfaces = new ArrayDeque<>();
        Optional<String> next = Optional.of(name);
        while (next.isPresent()) {
            next = add(next.get(), seen, lineage, interfaces);
        }
        int edges = 0;
        while (!interfaces.isEmpty()) {
            if (++edges > MAX_EDGES) {
                throw new IllegalArgumentException("more than " + MAX_EDGES + " interfaces are implemented anew");
            }
            Optional<String> parent = add(interfaces.remove(), seen, lineage, interfaces);
            parent.ifPresent(interfaces::add);
        }
        return lineage;
    }

    private Optional<String> add(String name, Set<String> seen, List<ClassShape> lineage, Deque<String> interfaces) {
        if (!seen.add(name)) {
            return Optional.empty();
        }
        Optional<ClassShape> shape = find(name, !lineage.isEmpty());
        if (shape.isEmpty()) {
            return Optional.empty();
        }
        lineage.add(shape.get());
        if (lineage.size() > MAX_ANCESTORS) {
            throw new IllegalArgumentException("more than " + MAX_ANCESTORS + " ancestors");
        }
        List<String> parents = shape.get().parents();
        if (parents.isEmpty()) {
            return Optional.empty();
        }
        interfaces.addAll(parents.subList(1, parents.size()));
        return Optional.of(parents.get(0));
    }

    /** A class file is read only if it is an ancestor of a known class or if the allow-list names the class. */
    private Optional<ClassShape> find(String name, boolean ancestor) {
        ClassShape mine = own.get(name);
        if (mine != null) {
            return Optional.of(mine);
        }
        if (!ancestor && !allowList.allowsType(name.replace('/', '.'))) {
            return Optional.empty();
        }
        Optional<ClassShape> found = libraries.find(name);
        if (found.isEmpty() && ++missing > MAX_MISSING) {
            throw new IllegalArgumentException("names more than " + MAX_MISSING + " classes that are not there");
        }
        return found;
    }
}
