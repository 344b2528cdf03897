package io.strategysandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same classes on each JUnit that is supported, one test at a time and several, on the Java that runs this and on the
 * newest that is installed: one of each here, all combinations with {@code sandbox.compatibility.all}.
 */
class CompatibilityTest {

    private static final Path CONSOLES = Path.of("target", "junit");
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final Path OWN = Path.of(System.getProperty("java.home"));
    private static final boolean ALL = Boolean.getBoolean("sandbox.compatibility.all");

    /** Tests of the consumer: 2 + 4 + 2 + 2 + 1 + 1. */
    private static final String TESTS = "12";

    static Stream<Arguments> combinations() throws IOException {
        List<Path> consoles;
        try (Stream<Path> files = Files.list(CONSOLES)) {
            consoles = files.sorted().toList();
        }
        assertThat(consoles).hasSize(3);
        Path newest = newest();
        List<Arguments> all = new ArrayList<>();
        for (int i = 0; i < consoles.size(); i++) {
            for (boolean parallel : List.of(false, true)) {
                for (Path home : Stream.of(OWN, newest).distinct().toList()) {
                    boolean chosen = parallel == (i > 0) && (home.equals(newest) == (i != 1) || newest.equals(OWN));
                    if (ALL || chosen) {
                        all.add(Arguments.of(consoles.get(i).getFileName(), parallel, home));
                    }
                }
            }
        }
        return all.stream();
    }

    private static Path newest() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return OWN;
        }
        try (Stream<Path> homes = Files.list(INSTALLED)) {
            return homes.filter(home -> feature(home) >= 25).findFirst().orElse(OWN);
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

    @ParameterizedTest
    @MethodSource("combinations")
    void aUsersTestsPass(Path console, boolean parallel, Path home) throws Exception {
        String classPath = Stream.concat(
                        Stream.of(CONSOLES.resolve(console).toString()),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> !entry.contains("/org/junit/") && !entry.contains("/surefire")))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        home.resolve("bin").resolve("java").toString(),
                        "-Xmx512m",
                        "-cp",
                        classPath,
                        "org.junit.platform.console.ConsoleLauncher",
                        "execute",
                        "--disable-banner",
                        "--disable-ansi-colors",
                        "--details=tree",
                        "--select-class=io.strategysandbox.junit.consumer.SandboxConsumer",
                        "--config=sandbox.docker.required=" + Boolean.getBoolean("sandbox.docker.required"),
                        "--config=junit.jupiter.execution.parallel.enabled=" + parallel,
                        "--config=junit.jupiter.execution.parallel.mode.default=concurrent")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed)
                .containsPattern("\\[ +" + TESTS + " tests started +\\]")
                .containsPattern("\\[ +" + TESTS + " tests successful +\\]");
    }
}
