package io.strategysandbox.core.strategy;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The class files of one strategy: binary name (with dots) to content. Immutable and sorted by name. */
public final class CompiledClasses {

    private final Map<String, byte[]> classes;

    private CompiledClasses(Map<String, byte[]> classes) {
        this.classes = classes;
    }

    /**
     * Class files.
     *
     * @param classes binary name, as in {@code a.b.Outer$Inner}, to class file content; copied
     * @return the class files
     */
    public static CompiledClasses of(Map<String, byte[]> classes) {
        Map<String, byte[]> copy = new TreeMap<>();
        classes.forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return new CompiledClasses(Collections.unmodifiableMap(copy));
    }

    /** {@return the binary names, sorted} */
    public Set<String> names() {
        return classes.keySet();
    }

    /**
     * The content of a class file.
     *
     * @param name a binary name of {@link #names()}
     * @return a copy of its content
     * @throws IllegalArgumentException if there is no such class
     */
    public byte[] bytes(String name) {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("no class " + name);
        }
        return bytes.clone();
    }
}
