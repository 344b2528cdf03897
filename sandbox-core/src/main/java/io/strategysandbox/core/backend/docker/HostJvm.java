package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.host.ScratchFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Java installation that this process runs on, as the source of an image: what has to be cut out of it, and which
 * shared libraries of this machine it needs.
 */
final class HostJvm {

    private static final Set<String> OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final long TOOL_SECONDS = 120;

    /** A line of ldd: {@code libz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x...)}, or a loader's bare path. */
    private static final Pattern LIBRARY = Pattern.compile("^\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)$");

    private final Path home = Path.of(System.getProperty("java.home"));

    private HostJvm() {}

    /** Keeps options that are meant for this JVM, such as a debugger's port, from one that is started by it. */
    static void forgetOptions(ProcessBuilder builder) {
        builder.environment().keySet().removeAll(OPTIONS);
    }

    /**
     * Checks that an image can be built from the running Java.
     *
     * @throws BackendException if it cannot; the message says what is missing
     */
    static HostJvm find() throws BackendException {
        HostJvm jvm = new HostJvm();
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new BackendException("cannot build the runner image on " + System.getProperty("os.name")
                    + ": it is made from the running Java, which has to be one for Linux; run Maven on Linux (WSL 2 is"
                    + " one), or use the local backend");
        }
        if (!Files.isExecutable(jvm.jlink())) {
            throw new BackendException("cannot build the runner image: there is no " + jvm.jlink()
                    + "; run with a JDK that has jlink (on Debian and Ubuntu: apt-get install"
                    + " openjdk-17-jdk-headless), and point JAVA_HOME to it");
        }
        return jvm;
    }

    private Path jlink() {
        return home.resolve("bin/jlink");
    }

    /** {@return what tells this installation from another} */
    String identity() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.vendor") + " " + Runtime.version()
                + " " + System.getProperty("os.arch");
    }

    /**
     * Makes a minimal Java installation.
     *
     * @param target a directory that does not exist yet
     */
    void link(Path target) throws BackendException, InterruptedException {
        // Debug symbols of native code are stripped by objcopy, which need not be there; vendors strip them anyway.
        List<String> command = new ArrayList<>(List.of(
                jlink().toString(),
                "--add-modules",
                "java.base",
                "--strip-java-debug-attributes",
                "--no-man-pages",
                "--no-header-files",
                "--vm",
                "server",
                "--output",
                target.toString()));
        Path jmods = home.resolve("jmods");
        if (Files.isDirectory(jmods)) {
            command.addAll(List.of("--module-path", jmods.toString()));
        } else if (Runtime.version().feature() < 24) {
            throw new BackendException("cannot build the runner image: there is no " + jmods
                    + "; install the JDK's jmods (on Fedora: dnf install java-17-openjdk-jmods)");
        }
        run(command, "jlink failed; run with a JDK that has its jmods, or one that was built linkable (JEP 493)");
    }

    /**
     * Which libraries of this machine some binaries need.
     *
     * @param binaries executables or shared libraries
     * @return the libraries, by the path under which the loader looks for them
     */
    Map<String, Path> libraries(List<Path> binaries) throws BackendException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ldd"));
        binaries.forEach(binary -> command.add(binary.toString()));
        Map<String, Path> libraries = new TreeMap<>();
        for (String line : run(command, "ldd failed; install it (on Debian and Ubuntu: apt-get install libc-bin)")) {
            Matcher library = LIBRARY.matcher(line);
            if (library.find()) {
                libraries.put(library.group(1), Path.of(library.group(1)));
            } else if (line.contains("not found") && !isOwn(line.strip().split(" ", 2)[0])) {
                throw new BackendException("cannot build the runner image: a library of the running Java is missing: "
                        + line.strip() + "; install it");
            }
        }
        return libraries;
    }

    /** Whether a library is one of the JVM's, which it finds by itself although ldd does not. */
    private boolean isOwn(String library) {
        return Files.exists(home.resolve("lib").resolve(library))
                || Files.exists(home.resolve("lib/server").resolve(library));
    }

    /** {@return libraries that stand for all: those of the launcher and of the JVM itself} */
    Map<String, Path> coreLibraries() throws BackendException, InterruptedException {
        Map<String, Path> libraries = libraries(Stream.of("bin/java", "lib/libjava.so", "lib/server/libjvm.so")
                .map(home::resolve)
                .toList());
        libraries.values().removeIf(path -> path.normalize().startsWith(home));
        return libraries;
    }

    /** Runs a JVM with an empty standard input to its end, however it ends. */
    static void rehearse(List<String> command) throws BackendException, InterruptedException {
        execute(command, "the runner does not end", false);
    }

    private static List<String> run(List<String> command, String hint) throws BackendException, InterruptedException {
        return execute(command, hint, true);
    }

    private static List<String> execute(List<String> command, String hint, boolean mustSucceed)
            throws BackendException, InterruptedException {
        Process process = null;
        try (ScratchFolder folder = ScratchFolder.create()) {
            Path output = folder.path().resolve("output");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            forgetOptions(builder);
            process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS);
            List<String> lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (!ended || (mustSucceed && process.exitValue() != 0)) {
                throw new BackendException("cannot build the runner image: " + hint + ": "
                        + (ended ? String.join(" ", lines) : "no end after " + TOOL_SECONDS + " s"));
            }
            return lines;
        } catch (FileSystemException e) {
            throw new BackendException("cannot build the runner image: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BackendException("cannot build the runner image: " + hint + ": " + e.getMessage(), e);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
