package io.strategysandbox.core.report;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.host.FileTrees;
import io.strategysandbox.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is known about each strategy that is not OK, in a folder of its own below {@code failures}: what the engine said
 * of its container, what it printed, what it used, and when what happened to it. Not thread-safe.
 */
final class FailureBundles {

    /** Where the bundles are, relative to the output folder. */
    static final String FOLDER = "failures";

    private static final int MOST_CHARACTERS = 100;

    private final Path folder;
    private final Map<String, String> limits;
    private final List<String> folders;

    /**
     * No bundles yet; those of an earlier run are removed.
     *
     * @param output the output folder
     * @param run what is said about the run as a whole
     * @param names the names of the strategies that the run is about
     * @throws IOException if an earlier bundle cannot be removed
     */
    FailureBundles(Path output, RunInfo run, List<String> names) throws IOException {
        this.folder = output.resolve(FOLDER);
        this.limits = run.limits();
        this.folders = folders(names);
        if (Files.isSymbolicLink(folder)) {
            Files.delete(folder);
        }
        if (Files.isDirectory(folder)) {
            removeAll();
        }
    }

    /** Folder names that are safe on every file system and differ, also where upper and lower case do not. */
    static List<String> folders(List<String> names) {
        Set<String> taken = new HashSet<>();
        List<String> folders = new ArrayList<>();
        for (String name : names) {
            String part = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^([^A-Za-z0-9]|$)", "_");
            part = part.substring(0, Math.min(part.length(), MOST_CHARACTERS));
            String candidate = part;
            for (int i = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
                candidate = part + "~" + i;
            }
            folders.add(candidate);
        }
        return folders;
    }

    private void removeAll() throws IOException {
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            children = listed.toList();
        }
        for (Path child : children) {
            if (isBundle(child)) {
                FileTrees.delete(child);
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            if (left.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }

    /** Whether this is ours to delete, finished or not. */
    private static boolean isBundle(Path child) {
        return Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
                && (AtomicFiles.isDraft(child)
                        || Files.isRegularFile(child.resolve(ResultFiles.VERDICT), LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Keeps what is known about a strategy, if it is not OK.
     *
     * @param index its place among the names
     * @param result how it ended
     * @return the result, with where its bundle is
     * @throws IOException if the bundle cannot be written
     */
    BacktestResult keep(int index, BacktestResult result) throws IOException {
        if (result.verdict() instanceof Verdict.Ok) {
            return result;
        }
        String name = folders.get(index);
        Path target = folder.resolve(name);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isBundle(target)) {
            throw new IOException(
                    target + " is in the way and was not made here; move it, or choose another output folder");
        }
        BacktestResult kept = result.withBundle(FOLDER + "/" + name);
        AtomicFiles.writeFolder(target, ResultFiles.of(kept, limits));
        return kept;
    }
}
