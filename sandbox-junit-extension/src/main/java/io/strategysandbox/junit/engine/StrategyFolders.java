package io.strategysandbox.junit.engine;

import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks into folders, and into those that have nothing to do with strategies no more than needed to know that. */
final class StrategyFolders {

    private static final int MAX_DEPTH = 17;

    private StrategyFolders() {}

    static boolean isStrategy(Path directory) {
        return Files.isRegularFile(directory.resolve(StrategyDiscovery.MANIFEST));
    }

    /**
     * The strategies of a folder that may hold much else, such as a whole project. A directory of Java files without a
     * manifest is one that lacks it only where others beside it are strategies.
     *
     * @param folder an existing folder
     * @return what was found, sorted by directory; empty if there is no manifest below it
     */
    static List<Candidate> among(Path folder) {
        Set<Path> holders = holders(folder);
        if (holders.isEmpty()) {
            return List.of();
        }
        return StrategyDiscovery.discover(folder).stream()
                .filter(candidate -> {
                    Path directory = folder.resolve(candidate.directory());
                    return isStrategy(directory) || holders.contains(directory.getParent());
                })
                .toList();
    }

    /**
     * One strategy of a folder.
     *
     * @param folder an existing folder
     * @param directory the directory relative to it, with '/' between names
     * @return what it is, if it is there
     */
    static Optional<Candidate> one(Path folder, String directory) {
        Path path = folder.resolve(directory).normalize();
        if (!path.startsWith(folder) || !Files.isDirectory(path)) {
            return Optional.empty();
        }
        // What lies deeper is called by its whole path only by whoever searches from here.
        boolean child = folder.equals(path.getParent()) && isStrategy(path);
        return (child ? List.of(StrategyDiscovery.read(path)) : StrategyDiscovery.discover(folder))
                .stream()
                        .filter(candidate -> candidate.directory().equals(directory))
                        .findFirst();
    }

    /** The folders that hold a strategy directory. */
    private static Set<Path> holders(Path folder) {
        Set<Path> holders = new HashSet<>();
        try {
            Files.walkFileTree(folder, Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    if (directory.equals(folder)) {
                        return FileVisitResult.CONTINUE;
                    }
                    if (isStrategy(directory)) {
                        holders.add(directory.getParent());
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return String.valueOf(directory.getFileName()).startsWith(".")
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // What cannot be read holds nothing that could be run.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for strategies in " + folder, e);
        }
        return holders;
    }
}
