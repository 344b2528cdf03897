package io.strategysandbox.core.backend;

import java.util.List;
import java.util.stream.Stream;

/**
 * What owners that are gone had left at a backend, and what became of it.
 *
 * @param containers the ids of the containers that were removed
 * @param images the tags of the images that were removed
 * @param failures what could not be removed: one message each, with its id, why, and what to do
 * @param spared how many containers were left alone because their owner lives, or may live
 */
public record Sweep(List<String> containers, List<String> images, List<String> failures, int spared) {

    /** Nothing was looked for. */
    public static final Sweep NONE = new Sweep(List.of(), List.of(), List.of(), 0);

    /** Copies the lists. */
    public Sweep {
        containers = List.copyOf(containers);
        images = List.copyOf(images);
        failures = List.copyOf(failures);
    }

    /**
     * This and another.
     *
     * @param other what else was looked for
     * @return both
     */
    public Sweep and(Sweep other) {
        return new Sweep(
                both(containers, other.containers),
                both(images, other.images),
                both(failures, other.failures),
                spared + other.spared);
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** {@return how many were found, removed or not} */
    public int found() {
        return containers.size() + images.size() + failures.size();
    }
}
