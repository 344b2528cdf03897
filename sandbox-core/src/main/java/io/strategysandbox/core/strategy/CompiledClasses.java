package io.strategysandbox.core.strategy;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The class files of one strategy: binary name (with dots) to content. Immutable and sorted by name. */
public final class CompiledClasses {

    /** Parts between dots, without what has a meaning of its own in class files. */
    private static final Pattern BINARY_NAME = Pattern.compile("[^./;\\[]++(\\.[^./;\\[]++)*+");

    private final Map<String, byte[]> classes;

    private CompiledClasses(Map<String, byte[]> classes) {
        this.classes = classes;
    }

    /**
     * Class files.
     *
     * @param classes binary name, as in {@code a.b.Outer$Inner}, to class file content; copied
     * @return the class files
     * @throws IllegalArgumentException if a name is not a binary name, which would be a second name for a class
     */
    public static CompiledClasses of(Map<String, byte[]> classes) {
        Map<String, byte[]> copy = new TreeMap<>();
        classes.forEach((name, bytes) -> {
            if (!BINARY_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("a class file is called '" + name + "', which is no binary name");
            }
            copy.put(name, bytes.clone());
        });
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
