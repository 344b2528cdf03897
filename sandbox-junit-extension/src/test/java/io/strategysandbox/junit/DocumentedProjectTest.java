package io.strategysandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.junit.testing.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The project that docs/junit.md shows: every file of it is written, compiled and run as it stands there. */
class DocumentedProjectTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "junit.md");

    private static final Pattern FILE = Pattern.compile(
            "<!-- file: (?<name>\\S+?)(?:, fails: (?<fails>[^>]*?))? -->\\n```\\w+\\n(?<text>.*?)```\\n",
            Pattern.DOTALL);

    private static final Pattern ANY_CODE = Pattern.compile("```(java|yaml|xml)\\n");

    @TempDir
    private static Path project;

    private record Documented(String name, Optional<String> fails, String text) {
        boolean isTest() {
            return name.startsWith("src/test/java/");
        }

        String className() {
            return name.replace("src/test/java/", "").replace(".java", "");
        }
    }

    private static List<Documented> files() throws IOException {
        List<Documented> files = new ArrayList<>();
        Matcher matcher = FILE.matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            files.add(new Documented(
                    matcher.group("name"), Optional.ofNullable(matcher.group("fails")), matcher.group("text")));
        }
        return files;
    }

    @BeforeEach
    void write() throws IOException {
        for (Documented file : files()) {
            Path path = project.resolve(file.name());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.text());
        }
        Files.copy(
                Kit.STRATEGIES.resolve("prices.csv"),
                project.resolve("strategies").resolve("prices.csv"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void noCodeIsWithoutAFile() throws IOException {
        String text = Files.readString(DOCUMENT);

        assertThat(files()).hasSizeGreaterThanOrEqualTo(7);
        assertThat(ANY_CODE.matcher(text).results().count()).isEqualTo(files().size());
    }

    @Test
    void theVersionsAreThoseOfThisBuild() throws IOException {
        String pom = Files.readString(project.resolve("pom.xml"));
        String own = Files.readString(Path.of("..", "pom.xml"));

        assertThat(own)
                .contains("<version>" + version(pom, "sandbox-junit-extension") + "</version>")
                .contains("<junit.version>" + version(pom, "junit-jupiter") + "</junit.version>")
                .contains("<surefire.version>" + version(pom, "maven-surefire-plugin") + "</surefire.version>")
                .contains("<version>" + version(pom, "maven-compiler-plugin") + "</version>");
    }

    private static String version(String pom, String artifact) {
        Matcher matcher = Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(pom);
        assertThat(matcher.find()).as(artifact).isTrue();
        return matcher.group(1);
    }

    @TestFactory
    Stream<DynamicTest> everyTestEndsAsThePageSays() throws IOException {
        Path classes = Files.createDirectories(project.resolve("target").resolve("test-classes"));
        List<Documented> tests = files().stream().filter(Documented::isTest).toList();
        List<String> arguments = new ArrayList<>(List.of("-Xlint:all", "-proc:none", "-d", classes.toString()));
        tests.forEach(test -> arguments.add(project.resolve(test.name()).toString()));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(InputStream.nullInputStream(), System.out, System.err, arguments.toArray(String[]::new));
        assertThat(compiled).as("the compiler's exit code").isZero();
        return tests.stream().map(test -> DynamicTest.dynamicTest(test.className(), () -> run(test, classes)));
    }

    private static void run(Documented test, Path classes) throws Exception {
        Jvm.Ended run = Jvm.withJunit("built")
                .with(classes, project)
                .run(
                        "org.junit.platform.console.ConsoleLauncher",
                        "execute",
                        "--disable-banner",
                        "--disable-ansi-colors",
                        "--fail-if-no-tests",
                        "--select-class=" + test.className(),
                        "--config=sandbox.docker.required=" + Boolean.getBoolean("sandbox.docker.required"));

        if (test.fails().isPresent()) {
            assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
            assertThat(run.out()).contains(test.fails().get());
        } else {
            assertThat(run.exitCode()).as(run.out()).isZero();
        }
    }
}
