package io.strategysandbox.core.backend.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of an image, by their paths without a leading slash. */
final class RootFileSystem {

    private static final int EXECUTABLE = 0755;
    private static final int ONLY_EXECUTABLE = 0711;
    private static final int READABLE = 0644;

    private final SortedMap<String, Path> files = new TreeMap<>();
    private final SortedMap<String, byte[]> texts = new TreeMap<>();
    private final SortedSet<String> directories = new TreeSet<>();
    private final SortedMap<String, Integer> modes = new TreeMap<>();

    /** Adds an empty directory. */
    void directory(String name) {
        parents(name + "/");
    }

    /** Adds a small file. */
    void file(String name, byte[] content) {
        parents(name);
        texts.put(name, content);
    }

    /** Adds a file of the host; a link is followed. */
    void file(String name, Path content) {
        parents(name);
        files.put(name, content);
    }

    /** Adds all files below a directory of the host. */
    void tree(String name, Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                file(name + "/" + root.relativize(path), path);
            }
        }
    }

    /** Lets a file be executed. Everybody may read all others, and nobody execute or change any. */
    void executable(String name) {
        modes.put(name, EXECUTABLE);
    }

    /** Lets a file be executed, but not read. */
    void onlyExecutable(String name) {
        modes.put(name, ONLY_EXECUTABLE);
    }

    /** Takes a file out again. */
    void remove(String name) {
        files.remove(name);
        texts.remove(name);
    }

    private void parents(String name) {
        for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
            directories.add(name.substring(0, slash));
        }
    }

    /** Writes everything as an archive. */
    void writeTo(OutputStream out) throws IOException {
        try (TarWriter tar = new TarWriter(out)) {
            for (String directory : directories) {
                tar.directory(directory, EXECUTABLE);
            }
            for (Map.Entry<String, byte[]> text : texts.entrySet()) {
                tar.file(text.getKey(), READABLE, text.getValue());
            }
            for (Map.Entry<String, Path> file : files.entrySet()) {
                tar.file(file.getKey(), modes.getOrDefault(file.getKey(), READABLE), file.getValue());
            }
        }
    }
}
