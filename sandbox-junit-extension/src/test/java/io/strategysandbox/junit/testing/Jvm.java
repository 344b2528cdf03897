package io.strategysandbox.junit.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Another JVM with the tests' class path, or with another JUnit, Java or more classes.
 *
 * @param home the home of its Java
 * @param classPath its class path
 * @param directory its working directory
 */
public record Jvm(Path home, String classPath, Path directory) {

    /** The Java that runs the tests. */
    public static final Path OWN = Path.of(System.getProperty("java.home"));

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private static final int NEWEST = 25;

    /** Where the build has put the JUnits that are supported, each in a folder. */
    private static final Path JUNITS = Path.of("target", "junit").toAbsolutePath();

    /** {@return one with the JUnit that this module is built with} */
    public static Jvm likeThis() {
        return new Jvm(OWN, System.getProperty("java.class.path"), Path.of("").toAbsolutePath());
    }

    /**
     * One with another JUnit.
     *
     * @param which {@code oldest}, {@code built} or {@code newest}
     */
    public static Jvm withJunit(String which) {
        Jvm own = likeThis();
        try (Stream<Path> others = Files.list(JUNITS.resolve(which))) {
            Stream<String> rest = Arrays.stream(own.classPath.split(File.pathSeparator))
                    .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("junit-"));
            String classPath =
                    Stream.concat(others.map(Path::toString), rest).collect(Collectors.joining(File.pathSeparator));
            return new Jvm(own.home, classPath, own.directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the same on another Java} */
    public Jvm on(Path otherHome) {
        return new Jvm(otherHome, classPath, directory);
    }

    /** {@return the same with more classes, in another directory} */
    public Jvm with(Path classes, Path otherDirectory) {
        return new Jvm(home, classes + File.pathSeparator + classPath, otherDirectory);
    }

    /** {@return the home of the newest Java that is installed and supported, or else of the one that runs the tests} */
    public static Path newestJava() {
        if (!Files.isDirectory(INSTALLED)) {
            return OWN;
        }
        try (Stream<Path> homes = Files.list(INSTALLED)) {
            return homes.filter(home -> feature(home) == NEWEST)
                    .sorted()
                    .findFirst()
                    .orElse(OWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int feature(Path home) {
        try {
            String release = Files.readString(home.resolve("release"));
            boolean whole = Files.exists(home.resolve("bin").resolve("javac"));
            return whole ? Integer.parseInt(release.replaceAll("(?s).*JAVA_VERSION=\"(\\d+).*", "$1")) : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /**
     * What a program printed.
     *
     * @param exitCode its exit code
     * @param out what it printed, both streams
     */
    public record Ended(int exitCode, String out) {
        /** {@return the lines that begin with a word, without it} */
        public List<String> lines(String word) {
            return out.lines()
                    .filter(line -> line.startsWith(word + " "))
                    .map(line -> line.substring(word.length() + 1))
                    .toList();
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param main its main class
     * @param arguments its arguments
     */
    public Ended run(String main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin").resolve("java").toString(), "-Xmx512m", "-cp", classPath, main));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), out);
        } finally {
            process.destroyForcibly();
        }
    }
}
