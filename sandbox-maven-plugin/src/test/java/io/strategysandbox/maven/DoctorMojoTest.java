package io.strategysandbox.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
class DoctorMojoTest {

    @TempDir
    Path root;

    @Inject
    MavenSession session;

    private final RecordingLog log = new RecordingLog();

    @BeforeEach
    void nameAnEngineThatIsNotThere() {
        engine("unix://" + root.resolve("nobody.sock"));
        set("sandbox.config", root.resolve("config"));
    }

    private void engine(String host) {
        StrategyProject.write(root.resolve("config/docker_config.yaml"), "engine: { host: '" + host + "' }\n");
    }

    private void set(String property, Object value) {
        session.getUserProperties().setProperty(property, value.toString());
    }

    private void execute(DoctorMojo mojo) throws Exception {
        mojo.setLog(log);
        mojo.execute();
    }

    @Test
    @InjectMojo(goal = "doctor")
    void withoutAnEngineItSaysWhatIsMissingAndDoesNotFail(DoctorMojo mojo) throws Exception {
        execute(mojo);

        assertThat(log.lines())
                .anyMatch(line -> line.startsWith("INFO OK   java: "))
                .anyMatch(line -> line.startsWith("WARN WARN engine: unix://" + root.resolve("nobody.sock")
                                + " (from engine.host in docker_config.yaml): no Docker engine")
                        && line.contains("; fix: no engine answers there: run scripts/setup_docker_sandbox.sh"))
                .anyMatch(line -> line.startsWith("WARN WARN fallback: ") && line.contains("file system"))
                .last()
                .isEqualTo("INFO strategies cannot run in containers here: 1 fine, 2 to look at, 0 broken");
    }

    @Nested
    class WhereAnEngineIsPromised {
        @BeforeEach
        void promise() {
            set("sandbox.backend", "docker");
        }

        @Test
        @InjectMojo(goal = "doctor")
        void itsAbsenceFailsAfterAllIsSaid(DoctorMojo mojo) {
            assertThatThrownBy(() -> execute(mojo))
                    .isInstanceOf(MojoExecutionException.class)
                    .hasMessageContaining("sandbox.backend is docker")
                    .hasMessageContaining("scripts/setup_docker_sandbox.sh");
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("WARN FAIL engine: "))
                    .last()
                    .asString()
                    .contains("1 broken");
        }
    }
}
