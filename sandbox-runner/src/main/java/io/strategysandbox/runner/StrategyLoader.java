package io.strategysandbox.runner;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Defines the classes of one strategy, and lets them see the JDK's base, ta4j, the strategy API and the class path, where
 * only libraries of the user are, and no more.
 */
final class StrategyLoader extends ClassLoader {

    private static final List<String> SHARED =
            List.of("io.strategysandbox.api.", "org.ta4j.", "org.slf4j.", "org.apache.commons.math3.");

    private static final String OURS = "io.strategysandbox.";
    private static final List<String> RESERVED = List.of("java.", OURS);

    private final Map<String, byte[]> classes;

    StrategyLoader(Map<String, byte[]> classes) {
        super("strategy", null);
        this.classes = classes;
        for (String name : classes.keySet()) {
            if (startsWithAny(name, SHARED) || startsWithAny(name, RESERVED)) {
                throw new StrategyFault("class " + name + " is in a package that is not the strategy's to use; move it"
                        + " into a package of its own");
            }
        }
    }

    /** The names of the strategy's own classes. */
    Set<String> names() {
        return new HashSet<>(classes.keySet());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = classes.containsKey(name) ? define(name) : shared(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> define(String name) {
        byte[] bytes = classes.get(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private static Class<?> shared(String name) throws ClassNotFoundException {
        if (startsWithAny(name, SHARED)) {
            return Class.forName(name, false, Main.class.getClassLoader());
        }
        if (name.startsWith(OURS)) {
            throw new ClassNotFoundException(name + " is not the strategy's to use");
        }
        Class<?> found = Class.forName(name, false, Main.class.getClassLoader());
        if (found.getModule() == Object.class.getModule() || !found.getModule().isNamed()) {
            return found;
        }
        throw new ClassNotFoundException(name + " is not there in the sandbox");
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
