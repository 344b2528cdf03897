package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.backend.ResourceUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A container's control groups as the kernel of this machine shows them, version 1 or 2: what is enforced, and what has
 * been used. They can be seen only if the engine runs on this machine, and go when the container ends.
 */
final class ControlGroups {

    private static final Path MOUNTED = Path.of("/sys/fs/cgroup");
    private static final String UNIFIED = "";

    /** Controller to directory; the one of version 2 under {@link #UNIFIED}. */
    private final Map<String, Path> directories;

    private ControlGroups(Map<String, Path> directories) {
        this.directories = directories;
    }

    /**
     * Looks for a container's control groups.
     *
     * @param pid the container's first process, as the engine numbers it
     * @param containerId the container
     * @return empty if the process is none of this machine, or not in a group named after the container
     */
    static Optional<ControlGroups> of(long pid, String containerId) {
        try {
            return parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup")), containerId, MOUNTED);
        } catch (IOException e) {
            // The engine is on another machine, or the process has ended.
            return Optional.empty();
        }
    }

    /** Reads lines such as {@code 4:memory:/docker/ID} and {@code 0::/system.slice/docker-ID.scope}. */
    static Optional<ControlGroups> parse(List<String> lines, String containerId, Path mounted) {
        Map<String, Path> directories = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[2].contains(containerId)) {
                String path = parts[2].substring(1);
                for (String controller : parts[1].split(",", -1)) {
                    Path directory = mounted.resolve(controller).resolve(path);
                    if (Files.isDirectory(directory)) {
                        directories.put(controller, directory);
                    }
                }
            }
        }
        return directories.isEmpty() ? Optional.empty() : Optional.of(new ControlGroups(directories));
    }

    /** {@return the most memory in bytes; empty if unlimited or unknown} */
    OptionalLong memoryLimit() {
        return number("memory", "memory.limit_in_bytes", "memory.max");
    }

    /** {@return the most processes and threads; empty if unlimited or unknown} */
    OptionalLong processLimit() {
        return number("pids", "pids.max", "pids.max");
    }

    /** {@return the share of processors; empty if unlimited or unknown} */
    OptionalDouble processors() {
        Optional<String> unified = text(UNIFIED, "cpu.max");
        String[] values = unified.isPresent()
                ? unified.get().split(" ", -1)
                : new String[] {
                    text("cpu", "cpu.cfs_quota_us").orElse("-1"),
                    text("cpu", "cpu.cfs_period_us").orElse("1")
                };
        boolean limited = values.length == 2 && values[0].matches("\\d+") && values[1].matches("[1-9]\\d*");
        return limited
                ? OptionalDouble.of(Double.parseDouble(values[0]) / Double.parseDouble(values[1]))
                : OptionalDouble.empty();
    }

    /** {@return whether all three limits can be seen here} */
    boolean complete() {
        return directories.containsKey(UNIFIED)
                        && Files.exists(directories.get(UNIFIED).resolve("memory.max"))
                || directories.keySet().containsAll(List.of("memory", "cpu", "pids"));
    }

    /** {@return what has been used so far} */
    ResourceUsage usage() {
        return new ResourceUsage(
                number("memory", "memory.max_usage_in_bytes", "memory.peak"),
                cpuMillis(),
                line("pids", "pids.events", "max").orElse(0) > 0);
    }

    private OptionalLong cpuMillis() {
        OptionalLong micros = line("cpu", "cpu.stat", "usage_usec");
        if (micros.isPresent()) {
            return OptionalLong.of(micros.getAsLong() / 1_000);
        }
        OptionalLong nanos = number("cpuacct", "cpuacct.usage", "");
        return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() / 1_000_000) : OptionalLong.empty();
    }

    private OptionalLong number(String controller, String file, String unifiedFile) {
        return number(
                text(controller, file).or(() -> text(UNIFIED, unifiedFile)).orElse(""));
    }

    /** The value behind a word in a file of one pair a line. */
    private OptionalLong line(String controller, String file, String word) {
        return text(controller, file).or(() -> text(UNIFIED, file)).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(word + " "))
                .map(line -> number(line.substring(word.length() + 1)))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong number(String text) {
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private Optional<String> text(String controller, String file) {
        Path directory = directories.get(controller);
        if (directory == null || file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(directory.resolve(file)).strip());
        } catch (IOException e) {
            // Not every kernel has every file, and all of them go with the container.
            return Optional.empty();
        }
    }
}
