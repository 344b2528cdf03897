package io.strategysandbox.core;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder of strategies to take the whole way.
 *
 * @param strategies the folder that holds the strategy directories
 * @param data the folder that {@code data:} in a manifest is relative to; absent means the folder of the strategies
 * @param output where reports are written
 */
public record RunRequest(Path strategies, Optional<Path> data, Path output) {

    /** {@return the folder that {@code data:} in a manifest is relative to} */
    public Path dataFolder() {
        return data.orElse(strategies);
    }
}
