package io.strategysandbox.core.strategy;

import java.nio.file.Path;
import java.util.List;

/**
 * A strategy directory that was read completely: manifest and sources.
 *
 * @param path the directory on this machine, absolute
 * @param directory the directory relative to the folder that was searched, with '/' between names; the same on every
 *     machine, used in reports
 * @param manifest what {@code strategy.yaml} says
 * @param sources the {@code .java} files, sorted by path, at least one
 */
public record StrategyDirectory(Path path, String directory, Manifest manifest, List<SourceFile> sources) {

    /** Refuses a directory without sources. */
    public StrategyDirectory {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(directory + " has no .java file");
        }
    }

    /** {@return the strategy's name} */
    public String name() {
        return manifest.name();
    }
}
