package io.strategysandbox.core.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Another JVM that runs a class of the tests, with the tests' class path. */
public final class Jvm {

    /** The Java that runs the tests. */
    public static final Path HOME = Path.of(System.getProperty("java.home"));

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private final List<String> command = new ArrayList<>();

    private Jvm(Path home, List<String> options, Class<?> main) {
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    }

    /**
     * A JVM that is not started yet.
     *
     * @param home its home
     * @param options its options
     * @param main what it runs
     */
    public static Jvm of(Path home, List<String> options, Class<?> main) {
        return new Jvm(home, options, main);
    }

    /** {@return the homes of all installed JDKs of a feature release, in whichever folder this system keeps them} */
    public static List<Path> installed(int release) throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(INSTALLED)) {
            return homes.filter(home -> isRelease(home, release)).sorted().toList();
        }
    }

    private static boolean isRelease(Path home, int release) {
        Path file = home.resolve("release");
        try {
            return Files.exists(home.resolve("bin").resolve("javac"))
                    && Files.exists(file)
                    && Files.readString(file).matches("(?s).*JAVA_VERSION=\"" + release + "[.\"].*");
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts it; what it prints to standard error goes to the tests'. */
    public Process start(String... args) throws IOException {
        return start(Map.of(), args);
    }

    /** Starts it with more in its environment than the tests have. */
    public Process start(Map<String, String> environment, String... args) throws IOException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(Arrays.asList(args));
        ProcessBuilder process = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().putAll(environment);
        return process.start();
    }
}
