package io.strategysandbox.junit.testing;

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

/** Another JVM with the tests' class path, or with another JUnit on it. */
public final class Jvm {

    private final String classPath;

    private Jvm(String classPath) {
        this.classPath = classPath;
    }

    /** {@return one with the JUnit that this module is built with} */
    public static Jvm likeThis() {
        return new Jvm(System.getProperty("java.class.path"));
    }

    /**
     * One with another JUnit.
     *
     * @param jars the folder of its jars, which hold the platform, its launcher and Jupiter
     */
    public static Jvm withJunit(Path jars) {
        try (Stream<Path> others = Files.list(jars)) {
            Stream<String> rest = Arrays.stream(
                            System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                    .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("junit-"));
            return new Jvm(Stream.concat(others.map(Path::toString), rest)
                    .collect(Collectors.joining(java.io.File.pathSeparator)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPath,
                main));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), out);
        } finally {
            process.destroyForcibly();
        }
    }
}
