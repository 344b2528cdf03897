package io.strategysandbox.core.validation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shapes of library classes (the JDK's, ta4j's, this toolkit's interfaces), read as bytes. Nothing is loaded, let
 * alone initialised, and only classes that the allow-list names, or their ancestors, are ever looked for.
 */
final class Libraries {

    private static final Logger LOG = LoggerFactory.getLogger(Libraries.class);

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\w$]+(/[\\w$]+)*");

    private final List<Path> jars;

    /** Hits only: names that do not exist are the input's to choose, and without end. */
    private final Map<String, ClassShape> shapes = new ConcurrentHashMap<>();

    /**
     * Library classes.
     *
     * @param jars the user's libraries, beside what this process itself has
     */
    Libraries(List<Path> jars) {
        this.jars = List.copyOf(jars);
    }

    /** The shape of a class by its internal name; empty if this machine does not have it. */
    Optional<ClassShape> find(String name) {
        ClassShape known = shapes.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (!PLAIN_NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<ClassShape> read = read(name);
        read.ifPresent(shape -> shapes.put(name, shape));
        return read;
    }

    /** Whether a jar of the user's has a class. */
    boolean isInJars(String name) {
        return inJars(name).isPresent();
    }

    private Optional<ClassShape> read(String name) {
        return inJars(name).or(() -> readOwn(name));
    }

    private Optional<ClassShape> inJars(String name) {
        return jars.stream()
                .map(jar -> read(jar, name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ClassShape> read(Path jar, String name) {
        try (JarFile file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion())) {
            JarEntry entry = file.getJarEntry(name + ".class");
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = file.getInputStream(entry)) {
                return Optional.of(ClassShape.read(in.readAllBytes()));
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("cannot read the class file of {} in {}; what uses it is refused", name, jar, e);
            return Optional.empty();
        }
    }

    private static Optional<ClassShape> readOwn(String name) {
        String resource = name + ".class";
        ClassLoader loader = Libraries.class.getClassLoader();
        try (InputStream in = loader == null
                ? ClassLoader.getSystemResourceAsStream(resource)
                : loader.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(ClassShape.read(in.readAllBytes()));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("cannot read the class file of {}; what uses it is refused", name, e);
            return Optional.empty();
        }
    }
}
