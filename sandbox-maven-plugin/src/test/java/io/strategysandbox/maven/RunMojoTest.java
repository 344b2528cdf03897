package io.strategysandbox.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
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
class RunMojoTest {

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
        set("sandbox.data", project.data());
        set("sandbox.outputDirectory", root.resolve("out"));
        set("sandbox.backend", "local");
    }

    private void set(String property, Object value) {
        session.getUserProperties().setProperty(property, value.toString());
    }

    private void execute(Mojo mojo) throws MojoExecutionException, MojoFailureException {
        mojo.setLog(log);
        mojo.execute();
    }

    @Test
    @InjectMojo(goal = "run")
    void withoutPropertiesTheConfigurationDecides(RunMojo mojo) throws Exception {
        assertThat(parameters(mojo))
                .containsEntry("strategies", project.strategies().toFile())
                .containsEntry("data", project.data().toFile())
                .containsEntry("backend", "local")
                .containsEntry("isolation", null)
                .containsEntry("validation", null)
                .containsEntry("parallelism", null)
                .containsEntry("failOnViolation", null)
                .containsEntry("haltOnFailure", null)
                .containsEntry("config", null)
                .containsEntry("skip", false);
        project.good("good");

        execute(mojo);

        assertThat(log.lines())
                .contains("INFO 1 of 1 OK, isolation: local")
                .last()
                .isEqualTo("INFO reports: " + results());
        assertThat(results()).content().contains("\"verdict\": \"OK\"");
        assertThat(root.resolve("out/junit/TEST-sandbox.xml")).content().contains("tests=\"1\"");
    }

    @Nested
    class EveryProperty {
        @BeforeEach
        void setAll() {
            set("sandbox.backend", "docker");
            set("sandbox.isolation", "strategy");
            set("sandbox.validation", "report");
            set("sandbox.parallelism", 3);
            set("sandbox.failOnViolation", false);
            set("sandbox.haltOnFailure", true);
            set("sandbox.config", root.resolve("config"));
            set("sandbox.skip", true);
        }

        @Test
        @InjectMojo(goal = "run")
        void isRead(RunMojo mojo) throws Exception {
            assertThat(parameters(mojo))
                    .containsEntry("strategies", project.strategies().toFile())
                    .containsEntry("data", project.data().toFile())
                    .containsEntry("outputDirectory", root.resolve("out").toFile())
                    .containsEntry("backend", "docker")
                    .containsEntry("isolation", "strategy")
                    .containsEntry("validation", "report")
                    .containsEntry("parallelism", 3)
                    .containsEntry("failOnViolation", "false")
                    .containsEntry("haltOnFailure", "true")
                    .containsEntry("config", root.resolve("config").toFile())
                    .containsEntry("skip", true);
        }

        @Test
        @InjectMojo(goal = "run")
        void skippingWinsOverEverythingElse(RunMojo mojo) throws Exception {
            execute(mojo);

            assertThat(log.lines()).containsExactly("INFO skipped: sandbox.skip is true");
            assertThat(root.resolve("out")).doesNotExist();
        }
    }

    @Nested
    class WithoutANamedFolder {
        @BeforeEach
        void nameNone() {
            session.getUserProperties().remove("sandbox.strategies");
        }

        @Test
        @InjectMojo(goal = "run")
        void theUsualOneIsTaken(RunMojo mojo) throws Exception {
            project.good("good");
            MojoExtension.setVariableValueToObject(mojo, "directory", root.toFile());

            execute(mojo);

            assertThat(log.lines()).contains("INFO 1 of 1 OK, isolation: local");
        }

        @Test
        @InjectMojo(goal = "run")
        void andWithoutTheUsualOneOneLineSaysSo(RunMojo mojo) throws Exception {
            MojoExtension.setVariableValueToObject(mojo, "directory", root.toFile());

            execute(mojo);

            assertThat(log.lines())
                    .containsExactly("INFO skipped: there is no folder " + root.resolve("strategies")
                            + " (name another with -Dsandbox.strategies=FOLDER)");
            assertThat(root.resolve("out")).doesNotExist();
        }

        @Nested
        class NorAnOutputFolder {
            @BeforeEach
            void nameNone() {
                session.getUserProperties().remove("sandbox.outputDirectory");
            }

            @Test
            @InjectMojo(goal = "run")
            void reportsGoBelowTargetWhereThereIsNoProject(RunMojo mojo) throws Exception {
                project.good("good");
                MojoExtension.setVariableValueToObject(mojo, "directory", root.toFile());
                MojoExtension.setVariableValueToObject(mojo, "project", null);

                execute(mojo);

                assertThat(root.resolve("target/sandbox/results.json")).exists();
            }
        }
    }

    @Test
    @InjectMojo(goal = "run")
    void aNamedFolderThatDoesNotExistIsAnErrorWithAFix(RunMojo mojo) {
        assertThatThrownBy(() -> execute(mojo))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("there is no folder " + project.strategies()
                        + ", which sandbox.strategies names; correct the name, or make the folder");
    }

    @Nested
    class ADataFolder {
        @BeforeEach
        void nameOneThatIsNotThere() {
            set("sandbox.data", root.resolve("absent"));
        }

        @Test
        @InjectMojo(goal = "run")
        void thatDoesNotExistIsAnErrorWithAFix(RunMojo mojo) {
            project.good("good");

            assertThatThrownBy(() -> execute(mojo))
                    .isInstanceOf(MojoExecutionException.class)
                    .hasMessageContaining("there is no folder " + root.resolve("absent"))
                    .hasMessageContaining("sandbox.data");
        }
    }

    @Test
    @InjectMojo(goal = "run")
    void aValueThatIsNotAllowedIsNamedWithThoseThatAre(RunMojo mojo) throws Exception {
        project.good("good");
        refuses(mojo, "backend", "podman", "sandbox.backend is 'podman'; allowed are auto, docker, local");
        refuses(mojo, "isolation", "", "sandbox.isolation is ''; allowed are strategy, group");
        refuses(mojo, "validation", "off", "sandbox.validation is 'off'; allowed are enforce, report");
        refuses(
                mojo,
                "parallelism",
                -1,
                "sandbox.parallelism is '-1'; it must be a whole number, 0 (automatic) or more");
        refuses(mojo, "failOnViolation", "yes", "sandbox.failOnViolation is 'yes'; allowed are true, false");
        refuses(mojo, "haltOnFailure", "on", "sandbox.haltOnFailure is 'on'; allowed are true, false");
        assertThat(root.resolve("out")).doesNotExist();
    }

    private void refuses(RunMojo mojo, String parameter, Object value, String message) throws Exception {
        Object before = MojoExtension.getVariableValueFromObject(mojo, parameter);
        MojoExtension.setVariableValueToObject(mojo, parameter, value);
        assertThatThrownBy(() -> execute(mojo))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(message);
        MojoExtension.setVariableValueToObject(mojo, parameter, before);
    }

    @Test
    @InjectMojo(goal = "run")
    void dangerousCodeIsNotRunWithoutAContainer(RunMojo mojo) throws Exception {
        project.refused("bad");
        MojoExtension.setVariableValueToObject(mojo, "validation", "report");

        assertThatThrownBy(() -> execute(mojo))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("container only")
                .hasMessageContaining("scripts/setup_docker_sandbox.sh");
    }

    @Test
    @InjectMojo(goal = "run")
    void aFailureComesOnceAfterEveryStrategyHasRunAndEveryReportIsWritten(RunMojo mojo) throws Exception {
        project.refused("a-bad").good("b-good").strategy("c-throws", "throw new IllegalStateException(\"no\");");

        assertThatThrownBy(() -> execute(mojo))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("2 of 3 strategies not OK: a-bad (REJECTED at a-bad/Entry.java:7, see failures/a-bad),"
                        + " c-throws (RUNTIME_ERROR at c-throws/Entry.java:7, see failures/c-throws); see " + results()
                        + ". To let the build pass all the same: -Dsandbox.failOnViolation=false");

        assertThat(results())
                .content()
                .contains("\"OK\": 1")
                .contains("REJECTED")
                .contains("RUNTIME_ERROR");
        assertThat(root.resolve("out/junit/TEST-sandbox.xml"))
                .content()
                .contains("tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"2\"");
        assertThat(results()).content().contains("\"bundle\": \"failures/c-throws\"");
        assertThat(root.resolve("out/failures/a-bad/verdict.json")).exists();
        assertThat(root.resolve("out/failures/b-good")).doesNotExist();
        assertThat(root.resolve("out/failures/c-throws/stderr.txt")).exists();
    }

    @Test
    @InjectMojo(goal = "run")
    void aFailureThatIsLetPassIsAWarning(RunMojo mojo) throws Exception {
        project.refused("bad").good("good");
        MojoExtension.setVariableValueToObject(mojo, "failOnViolation", "false");

        execute(mojo);

        assertThat(log.lines())
                .noneMatch(line -> line.startsWith("ERROR"))
                .contains("WARN 1 of 2 strategies not OK: bad (REJECTED at bad/Entry.java:7, see failures/bad)");
    }

    @Test
    @InjectMojo(goal = "run")
    void haltingStartsNoFurtherStrategy(RunMojo mojo) throws Exception {
        project.refused("a-bad").good("b-never");
        MojoExtension.setVariableValueToObject(mojo, "haltOnFailure", "true");
        MojoExtension.setVariableValueToObject(mojo, "parallelism", 1);

        assertThatThrownBy(() -> execute(mojo)).isInstanceOf(MojoFailureException.class);

        assertThat(log.lines()).contains("INFO halted; not started: b-never");
        assertThat(root.resolve("out/junit/TEST-sandbox.xml")).content().contains("skipped=\"1\"");
    }

    @Test
    @InjectMojo(goal = "run")
    void aConfigurationFolderDecidesWhereNoPropertyDoes(RunMojo mojo) throws Exception {
        project.refused("bad");
        StrategyProject.write(root.resolve("config/learning_system.yaml"), "sandbox: { failOnViolation: false }\n");
        MojoExtension.setVariableValueToObject(
                mojo, "config", root.resolve("config").toFile());
        execute(mojo);
        assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN 1 of 1 strategies not OK"));

        MojoExtension.setVariableValueToObject(mojo, "failOnViolation", "true");
        assertThatThrownBy(() -> execute(mojo)).isInstanceOf(MojoFailureException.class);
    }

    @Test
    @InjectMojo(goal = "run")
    void aConfigurationThatCannotBeUsedIsAnError(RunMojo mojo) throws Exception {
        project.good("good");
        StrategyProject.write(root.resolve("config/learning_system.yaml"), "sandbox:\n  backend: podman\n");
        MojoExtension.setVariableValueToObject(
                mojo, "config", root.resolve("config").toFile());

        assertThatThrownBy(() -> execute(mojo))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("learning_system.yaml:2")
                .hasMessageContaining("podman");
    }

    @Test
    @InjectMojo(goal = "run")
    void anOutputFolderThatCannotBeWrittenIsNamedWithAFix(RunMojo mojo) {
        project.good("good");
        StrategyProject.write(root.resolve("out"), "a file");

        assertThatThrownBy(() -> execute(mojo))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("the reports could not be written: cannot write " + results())
                .hasMessageContaining("make " + root.resolve("out") + " a folder");
    }

    @Nested
    class OfManyStrategies {
        @BeforeEach
        void writeTwelve() {
            IntStream.range(0, 11).forEach(i -> project.good("good-" + i));
            project.refused("bad");
        }

        @Test
        @InjectMojo(goal = "run")
        void aBatchBuildThatPassesSaysAtMostFifteenLines(RunMojo mojo) throws Exception {
            session.getRequest().setInteractiveMode(false);
            MojoExtension.setVariableValueToObject(mojo, "failOnViolation", "false");

            execute(mojo);

            assertThat(log.lines())
                    .hasSize(15)
                    .contains("INFO 11 of 12 OK, isolation: local", "INFO reports: " + results())
                    .anyMatch(line -> line.startsWith("INFO … and ") && line.endsWith(" of them OK"))
                    .element(2)
                    .asString()
                    .startsWith("INFO bad ");
        }

        @Test
        @InjectMojo(goal = "run")
        void aPersonSeesThemAll(RunMojo mojo) throws Exception {
            MojoExtension.setVariableValueToObject(mojo, "failOnViolation", "false");

            execute(mojo);

            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("INFO good-"))
                    .hasSize(11);
        }
    }

    @Nested
    class WhereNobodyWatches {
        @BeforeEach
        void integrateContinuously() {
            session.getSystemProperties().setProperty("env.CI", "true");
        }

        @Test
        @InjectMojo(goal = "run")
        void aWarningIsOneLine(RunMojo mojo) throws Exception {
            project.good("good");

            execute(mojo);

            assertThat(log.lines()).noneMatch(line -> line.contains("****"));
            assertThat(log.lines().get(0)).startsWith("WARN NO CONTAINER ISOLATION");
        }
    }

    @Test
    @InjectMojo(goal = "run")
    void anEmptyFolderIsARunOfNothingAndAWarningSaysSo(RunMojo mojo) throws Exception {
        Files.createDirectories(project.strategies());

        execute(mojo);

        assertThat(log.lines()).contains("INFO 0 of 0 OK, isolation: local");
        assertThat(log.lines())
                .contains("WARN there are no strategies below " + project.strategies()
                        + ", so nothing was looked at; put a folder with strategy.yaml there, or name another folder");
        assertThat(results()).content().contains("\"strategies\": []");
    }

    @Nested
    class AStrategyInPlaceOfItsFolder {
        @BeforeEach
        void nameOne() {
            project.good("good");
            set("sandbox.strategies", project.strategies().resolve("good"));
        }

        @Test
        @InjectMojo(goal = "run")
        void isAnErrorWithAFix(RunMojo mojo) {
            assertThatThrownBy(() -> execute(mojo))
                    .isInstanceOf(MojoExecutionException.class)
                    .hasMessage(project.strategies().resolve("good")
                            + " is a strategy itself (it holds strategy.yaml), and strategies are looked for below it;"
                            + " name the folder that it lies in with -Dsandbox.strategies=FOLDER");
        }
    }

    private Path results() {
        return root.resolve("out/results.json");
    }

    private static Map<String, Object> parameters(Mojo mojo) throws IllegalAccessException {
        return MojoExtension.getVariablesAndValuesFromObject(mojo);
    }
}
