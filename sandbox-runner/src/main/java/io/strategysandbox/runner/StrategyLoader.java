package io.strategysandbox.runner;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Defines the classes of one strategy, and lets them see the JDK's base, ta4j and the strategy API, and no more. */
final class StrategyLoader extends ClassLoader {

    private static final List<String> SHARED =
            List.of("io.strategysandbox.api.", "org.ta4j.", "org.slf4j.", "org.apache.commons.math3.");

    private static final List<String> RESERVED = List.of("java.", "io.strategysandbox.");

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
        Class<?> found = Class.forName(name, false, ClassLoader.getPlatformClassLoader());
        if (found.getModule() != Object.class.getModule()) {
            throw new ClassNotFoundException(name + " is not there in the sandbox");
        }
        return found;
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
