package io.strategysandbox.core.backend.local;

import io.strategysandbox.core.config.DockerConfig.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What this host's own tools can add to a child process. Each is tried once; what does not work here is left out and
 * counted as not enforced.
 *
 * @param prefix the words to put in front of a command
 * @param names the tools in use, by what they enforce
 * @param notEnforced what stays open
 */
record HostTools(List<String> prefix, List<String> names, List<String> notEnforced) {

    private static final long PROBE_SECONDS = 10;

    private static final List<Path> PLACES =
            Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").map(Path::of).toList();

    HostTools {
        prefix = List.copyOf(prefix);
        names = List.copyOf(names);
        notEnforced = List.copyOf(notEnforced);
    }

    /**
     * Finds out.
     *
     * @param limits what the tools are to enforce
     * @param runner a command that loads the runner and ends well; without the rights of root, what root can start may
     *     be out of reach
     */
    static HostTools probe(Limits limits, List<String> runner) throws InterruptedException {
        List<String> nothing = List.of(find("true").map(Path::toString).orElse("true"));
        List<String> prefix = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(
                "file system",
                "memory outside the Java heap",
                "processor share",
                "number of processes and threads",
                "system calls",
                "a user of its own"));
        // Before privileges are given up, since a network of its own may take them. Without root, a user namespace.
        if (!add(prefix, nothing, "unshare", "--net")
                && !add(prefix, nothing, "unshare", "--user", "--map-current-user", "--net")) {
            open.add("network");
        } else {
            names.add("unshare (network)");
        }
        if (add(
                prefix,
                nothing,
                "prlimit",
                "--nofile=" + limits.openFiles(),
                "--fsize=" + limits.fileSizeBytes(),
                "--core=0")) {
            names.add("prlimit (open files, file size, core dumps)");
        } else {
            open.add("open files");
            open.add("file size");
        }
        if (add(prefix, runner, "setpriv", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all")) {
            names.add("setpriv (no new privileges, no capabilities)");
        } else if (add(prefix, runner, "setpriv", "--no-new-privs")) {
            names.add("setpriv (no new privileges)");
            open.add("capabilities");
        } else {
            open.add("privileges");
        }
        return new HostTools(prefix, names, open.stream().sorted().toList());
    }

    /** Adds a tool to the prefix if the witness still ends well behind all of it. */
    private static boolean add(List<String> prefix, List<String> witness, String tool, String... options)
            throws InterruptedException {
        Optional<Path> found = find(tool);
        if (found.isEmpty()) {
            return false;
        }
        List<String> extended = new ArrayList<>(prefix);
        extended.add(found.get().toString());
        extended.addAll(List.of(options));
        extended.add("--");
        List<String> command = new ArrayList<>(extended);
        command.addAll(witness);
        if (!succeeds(command)) {
            return false;
        }
        prefix.clear();
        prefix.addAll(extended);
        return true;
    }

    private static Optional<Path> find(String tool) {
        return PLACES.stream()
                .map(place -> place.resolve(tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return false;
        }
        try {
            return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }
}
