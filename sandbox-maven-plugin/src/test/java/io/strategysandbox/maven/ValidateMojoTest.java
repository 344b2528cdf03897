package io.strategysandbox.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoExtension;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
class ValidateMojoTest {

    @TempDir
    Path root;

    @Inject
    MavenSession session;

    private final RecordingLog log = new RecordingLog();
    private StrategyProject project;

    @BeforeEach
    void writeProject() {
        project = new StrategyProject(root);
        set("sandbox.strategies", project.strategies());
        set("sandbox.outputDirectory", root.resolve("out"));
    }

    private void set(String property, Object value) {
        session.getUserProperties().setProperty(property, value.toString());
    }

    private void execute(Mojo mojo) throws MojoExecutionException, MojoFailureException {
        mojo.setLog(log);
        mojo.execute();
    }

    @Test
    @InjectMojo(goal = "validate")
    void aGoodFolderIsOneLineAndAReport(ValidateMojo mojo) throws Exception {
        project.good("a").good("b");

        execute(mojo);

        assertThat(log.lines()).containsExactly("INFO 2 of 2 strategies accepted; report: " + report());
        assertThat(report()).content().contains("\"path\": \"a/Entry.java\"").contains("\"acceptedStrategies\": 2");
        assertThat(root.resolve("out/validation.sarif")).content().contains("\"results\": []");
    }

    @Test
    @InjectMojo(goal = "validate")
    void whatIsRefusedFailsTheBuildOnceAfterTheReportIsWritten(ValidateMojo mojo) {
        project.refused("bad").good("good");

        assertThatThrownBy(() -> execute(mojo))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("1 of 2 strategies refused: bad (bad/Entry.java:7); see " + report()
                        + ". To let the build pass all the same: -Dsandbox.failOnViolation=false");

        assertThat(log.lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("ERROR bad/Entry.java:7: ")
                .contains("System.exit");
        assertThat(report()).content().contains("\"accepted\": false");
        assertThat(root.resolve("out/validation.sarif"))
                .content()
                .contains("\"uriBaseId\": \"%SRCROOT%\"")
                .contains("\"uri\": \"bad/Entry.java\"")
                .contains("\"ruleId\": \"jvm-exit\"")
                .doesNotContain("good/Entry.java")
                .containsPattern("\"semanticVersion\": \"[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\"");
    }

    @Test
    @InjectMojo(goal = "validate")
    void aRefusalThatIsLetPassIsAWarningAndABatchBuildSaysAtMostFifteenLines(ValidateMojo mojo) throws Exception {
        project.strategy("bad", "System.exit(3);\n".repeat(40) + "return 0;").good("good");
        session.getRequest().setInteractiveMode(false);
        MojoExtension.setVariableValueToObject(mojo, "failOnViolation", "false");

        execute(mojo);

        assertThat(log.lines()).hasSize(15).noneMatch(line -> line.startsWith("ERROR"));
        assertThat(log.lines().subList(0, 12)).allMatch(line -> line.startsWith("WARN bad/Entry.java:"));
        assertThat(log.lines().subList(12, 15))
                .containsExactly(
                        "WARN … and 28 more, see " + report(),
                        "INFO 1 of 2 strategies accepted; report: " + report(),
                        "WARN 1 of 2 strategies refused: bad (bad/Entry.java:7)");
    }

    @Test
    @InjectMojo(goal = "validate")
    void aPersonSeesEveryFinding(ValidateMojo mojo) throws Exception {
        project.strategy("bad", "System.exit(3);\n".repeat(40) + "return 0;");
        MojoExtension.setVariableValueToObject(mojo, "failOnViolation", "false");

        execute(mojo);

        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARN bad/Entry.java:"))
                .hasSize(40);
    }

    @Test
    @InjectMojo(goal = "validate")
    void aNamedFolderThatDoesNotExistIsAnErrorWithAFix(ValidateMojo mojo) {
        assertThatThrownBy(() -> execute(mojo))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("there is no folder " + project.strategies())
                .hasMessageContaining("sandbox.strategies")
                .hasMessageContaining("make the folder");
    }

    @Test
    @InjectMojo(goal = "validate")
    void aReportThatCannotBeWrittenIsAnErrorOfTheBuildAndNotOfAStrategy(ValidateMojo mojo) {
        project.good("good");
        StrategyProject.write(root.resolve("out"), "a file");

        assertThatThrownBy(() -> execute(mojo))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("the report could not be written: cannot write " + report());
    }

    @Nested
    class OfLooseFiles {
        @BeforeEach
        void writeFiles() {
            StrategyProject.write(
                    root.resolve("loose/a/Mean.java"), "class Mean { double of(double a) { return a; } }");
            StrategyProject.write(root.resolve("loose/Exits.java"), "class Exits { void now() { System.exit(3); } }");
            StrategyProject.write(root.resolve("loose/Half.java"), "class Half {");
            StrategyProject.write(root.resolve("loose/notes.txt"), "no Java");
            set("sandbox.source", root.resolve("loose"));
        }

        @Test
        @InjectMojo(goal = "validate")
        void eachIsAUnitOfItsOwnAndNeedsNoManifest(ValidateMojo mojo) {
            assertThatThrownBy(() -> execute(mojo))
                    .isInstanceOf(MojoFailureException.class)
                    .hasMessageStartingWith(
                            "2 of 3 files refused: Exits.java (Exits.java:1), Half.java (Half.java:1); see "
                                    + report());

            assertThat(log.lines())
                    .contains("INFO 1 of 3 files accepted; report: " + report())
                    .anyMatch(line -> line.startsWith("ERROR Exits.java:1: jvm-exit: "))
                    .anyMatch(line -> line.startsWith("ERROR Half.java:1: does-not-compile: "));
            assertThat(report()).content().contains("\"path\": \"a/Mean.java\"");
            assertThat(root.resolve("out/validation.sarif"))
                    .content()
                    .contains("\"uri\": \"Exits.java\"")
                    .contains("\"uri\": \"Half.java\"");
        }

        @Test
        @InjectMojo(goal = "validate")
        void aFolderThatDoesNotExistIsAnErrorWithAFix(ValidateMojo mojo) throws Exception {
            MojoExtension.setVariableValueToObject(
                    mojo, "source", root.resolve("nowhere").toFile());

            assertThatThrownBy(() -> execute(mojo))
                    .isInstanceOf(MojoExecutionException.class)
                    .hasMessageContaining("nowhere, which sandbox.source names");
        }
    }

    @Nested
    class OfAFolderWithoutJavaFiles {
        @BeforeEach
        void nameData() {
            set("sandbox.source", project.data());
        }

        @Test
        @InjectMojo(goal = "validate")
        void aWarningSaysThatNothingWasLookedAt(ValidateMojo mojo) throws Exception {
            execute(mojo);

            assertThat(log.lines())
                    .containsExactly(
                            "WARN there are no files below " + project.data()
                                    + ", so nothing was looked at; put Java files there, or name another folder",
                            "INFO 0 of 0 files accepted; report: " + report());
        }
    }

    @Nested
    class WithoutANamedFolder {
        @BeforeEach
        void nameNone() {
            session.getUserProperties().remove("sandbox.strategies");
        }

        @Test
        @InjectMojo(goal = "validate")
        void oneLineSaysThatThereIsNone(ValidateMojo mojo) throws Exception {
            MojoExtension.setVariableValueToObject(mojo, "directory", root.toFile());

            execute(mojo);

            assertThat(log.lines()).hasSize(1).first().asString().startsWith("INFO skipped: there is no folder ");
            assertThat(root.resolve("out")).doesNotExist();
        }
    }

    @Nested
    class Skipped {
        @BeforeEach
        void skip() {
            set("sandbox.skip", true);
        }

        @Test
        @InjectMojo(goal = "validate")
        void doesNothing(ValidateMojo mojo) throws Exception {
            project.refused("bad");

            execute(mojo);

            assertThat(log.lines()).containsExactly("INFO skipped: sandbox.skip is true");
            assertThat(root.resolve("out")).doesNotExist();
        }
    }

    private Path report() {
        return root.resolve("out/validation.json");
    }
}
