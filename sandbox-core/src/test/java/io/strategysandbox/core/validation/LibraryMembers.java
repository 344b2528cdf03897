package io.strategysandbox.core.validation;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.ta4j.core.Bar;

/** What the running JDK and ta4j offer to a strategy, read from their class files; nothing is loaded for it. */
final class LibraryMembers {

    /** A field (its descriptor is that of a type) or a method. */
    record Member(String name, String descriptor) implements Comparable<Member> {

        static Member of(String key) {
            int method = key.indexOf('(');
            return method < 0
                    ? new Member(key.substring(0, key.indexOf(':')), key.substring(key.indexOf(':') + 1))
                    : new Member(key.substring(0, method), key.substring(method));
        }

        /** As the allow-list writes this one member: {@code name} or {@code name(a.Type,int)}. */
        @Override
        public String toString() {
            return descriptor.startsWith("(")
                    ? Arrays.stream(Type.getArgumentTypes(descriptor))
                            .map(Type::getClassName)
                            .collect(Collectors.joining(",", name + "(", ")"))
                    : name;
        }

        @Override
        public int compareTo(Member other) {
            return Comparator.comparing(Member::name)
                    .thenComparing(Member::descriptor)
                    .compare(this, other);
        }
    }

    private final SortedMap<String, ClassShape> shapes = new TreeMap<>();

    private LibraryMembers() {}

    /**
     * The accessible classes of some packages and their ancestors there, by name with dots, with their public members and,
     * where a subclass gets them, their protected ones.
     */
    static SortedMap<String, SortedSet<Member>> of(Predicate<String> packages) throws IOException {
        LibraryMembers members = new LibraryMembers();
        members.readRunningJdk(packages);
        members.readTa4j(packages);
        SortedMap<String, SortedSet<Member>> offered = new TreeMap<>();
        members.shapes.values().stream()
                .filter(members::isAccessible)
                .forEach(shape -> members.offer(shape.name(), offered));
        return offered;
    }

    private void readRunningJdk(Predicate<String> packages) throws IOException {
        FileSystem image = FileSystems.getFileSystem(URI.create("jrt:/"));
        try (DirectoryStream<Path> named = Files.newDirectoryStream(image.getPath("/packages"))) {
            for (Path link : named) {
                String name = link.getFileName().toString();
                if (packages.test(name)) {
                    readPackage(image, link, name);
                }
            }
        }
    }

    private void readPackage(FileSystem image, Path link, String name) throws IOException {
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(link)) {
            for (Path module : modules) {
                Path folder = image.getPath("/modules", module.getFileName().toString(), name.replace('.', '/'));
                if (Files.isDirectory(folder)) {
                    readFolder(folder);
                }
            }
        }
    }

    private void readTa4j(Predicate<String> packages) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(jarOf(Bar.class));
                Stream<Path> paths = Files.walk(jar.getPath("/org/ta4j"))) {
            for (Path path : paths.filter(Files::isDirectory).toList()) {
                if (packages.test(path.toString().substring(1).replace('/', '.'))) {
                    readFolder(path);
                }
            }
        }
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readFolder(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
            for (Path file : files) {
                ClassShape shape = ClassShape.read(Files.readAllBytes(file));
                shapes.put(shape.name(), shape);
            }
        }
    }

    private boolean isAccessible(ClassShape shape) {
        ClassShape outer =
                shapes.get(shape.name().substring(0, Math.max(0, shape.name().lastIndexOf('$'))));
        return !shape.local()
                && (shape.modifiers() & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
                && (outer == null || isAccessible(outer));
    }

    private void offer(String name, Map<String, SortedSet<Member>> offered) {
        ClassShape shape = shapes.get(name);
        if (shape != null && offered.put(name.replace('/', '.'), members(shape)) == null) {
            shape.parents().forEach(parent -> offer(parent, offered));
        }
    }

    private static SortedSet<Member> members(ClassShape shape) {
        boolean inheritable = (shape.access() & Opcodes.ACC_FINAL) == 0;
        int wanted = Opcodes.ACC_PUBLIC | (inheritable ? Opcodes.ACC_PROTECTED : 0);
        SortedSet<Member> members = new TreeSet<>();
        shape.members().forEach((key, access) -> {
            if ((access & wanted) != 0) {
                members.add(Member.of(key));
            }
        });
        return members;
    }
}
