package io.strategysandbox.core.strategy;

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

    private LooseSources() {}

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
            List<Loose> found = new ArrayList<>();
            search(folder, folder, found);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder of sources " + folder, e);
        }
    }

    private static void search(Path root, Path directory, List<Loose> found) throws IOException {
        List<Path> children;
        try (Stream<Path> all = Files.list(directory)) {
            children =
                    all.filter(child -> !name(child).startsWith(".")).sorted().toList();
        }
        for (Path child : children) {
            if (Files.isDirectory(child)) {
                if (!Files.isSymbolicLink(child)) {
                    search(root, child, found);
                }
            } else if (name(child).endsWith(".java")) {
                found.add(read(root, child));
            }
        }
    }

    private static Loose read(Path root, Path file) throws IOException {
        String path = root.relativize(file).toString().replace('\\', '/');
        if (!Files.exists(file) || !file.toRealPath().startsWith(root.toRealPath())) {
            return unusable(
                    path, "link-leaves-tree", "is a symbolic link to nothing or out of the folder; copy the file in");
        }
        return ConfinedFile.read(root.toRealPath(), file)
                .map(bytes -> new Loose(path, Optional.of(SourceFile.of(path, bytes)), Optional.empty()))
                .orElseGet(() -> unusable(
                        path,
                        "file-too-large",
                        "is not a plain file of at most " + ConfinedFile.MAX_BYTES + " bytes; make it smaller"));
    }

    private static Loose unusable(String path, String rule, String message) {
        return new Loose(path, Optional.empty(), Optional.of(new Problem(rule, path, 0, 0, message)));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
