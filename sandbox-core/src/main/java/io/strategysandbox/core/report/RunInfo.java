package io.strategysandbox.core.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said about a run as a whole.
 *
 * @param id unique to this run
 * @param backend {@code docker} or {@code local}
 * @param image the image's reference with its content hash, if there is one
 * @param limits name to value, as text
 * @param host name to value, as text: operating system, Java, cores, engine
 * @param notEnforced limits that the backend does not enforce
 */
public record RunInfo(
        String id,
        String backend,
        Optional<String> image,
        Map<String, String> limits,
        Map<String, String> host,
        List<String> notEnforced) {

    /** Copies the collections, keeping their order. */
    public RunInfo {
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
        host = Collections.unmodifiableMap(new LinkedHashMap<>(host));
        notEnforced = List.copyOf(notEnforced);
    }
}
