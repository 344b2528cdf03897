package io.strategysandbox.core.strategy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds single Java files below a folder, each a unit of its own, without manifests. */
public final class LooseSources {

    private final Path root;
    private final Path realRoot;
    private final List<Loose> found = new ArrayList<>();
    private long kept;

    private LooseSources(Path root) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
    }

    /**
     * A Java file that was found.
     *
     * @param path relative to the folder that was searched, with '/' between names
     * @param source the file as it was read; empty if it cannot be used
     * @param problem why it cannot be used; empty if it can
     */
    public record Loose(String path, Optional<SourceFile> source, Optional<Problem> problem) {}

    /**
     * Finds all Java files below a folder. Folders that are symbolic links, and hidden ones, are not entered.
     *
     * @param folder an existing folder
     * @return what was found, sorted by path
     * @throws UncheckedIOException if the folder cannot be read
     */
    public static List<Loose> discover(Path folder) {
        try {
            LooseSources sources = new LooseSources(folder);
            sources.search(folder);
            return sources.found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder of sources " + folder, e);
        }
    }

    private void search(Path directory) throws IOException {
        List<Path> children;
        try (Stream<Path> all = Files.list(directory)) {
            children =
                    all.filter(child -> !name(child).startsWith(".")).sorted().toList();
        }
        for (Path child : children) {
            boolean isDirectory = Files.isDirectory(child);
            if (isDirectory && Files.isSymbolicLink(child)
                    || !isDirectory && !name(child).endsWith(".java")) {
                continue;
            }
            if (!ConfinedFile.isPlainName(name(child))) {
                found.add(unusable(
                        relative(child),
                        "file-name-invalid",
                        "has a backslash, or control or invisible characters in its name; rename it"));
            } else if (isDirectory) {
                search(child);
            } else {
                found.add(read(child));
            }
        }
    }

    private Loose read(Path file) throws IOException {
        String path = relative(file);
        if (!Files.exists(file) || !file.toRealPath().startsWith(realRoot)) {
            return unusable(
                    path, "link-leaves-tree", "is a symbolic link to nothing or out of the folder; copy the file in");
        }
        Optional<byte[]> bytes = ConfinedFile.read(realRoot, file);
        if (bytes.isEmpty()) {
            return unusable(
                    path,
                    "file-too-large",
                    "is not a plain file of at most " + ConfinedFile.MAX_BYTES + " bytes; make it smaller");
        }
        if (kept + bytes.get().length > StrategyDiscovery.MAX_FOLDER_BYTES) {
            return unusable(
                    path,
                    "folder-too-large",
                    "with this one the files of the folder have more than " + StrategyDiscovery.MAX_FOLDER_BYTES
                            + " bytes; check fewer at a time");
        }
        kept += bytes.get().length;
        return new Loose(path, Optional.of(SourceFile.of(path, bytes.get())), Optional.empty());
    }

    private String relative(Path path) {
        return root.relativize(path).toString().replace(File.separatorChar, '/');
    }

    private static Loose unusable(String path, String rule, String message) {
        return new Loose(path, Optional.empty(), Optional.of(new Problem(rule, path, 0, 0, message)));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
