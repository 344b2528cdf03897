package io.strategysandbox.junit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.junit.EnabledIfDockerAvailable;
import io.strategysandbox.junit.testing.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.UniqueId;

@EnabledIfDockerAvailable
@Tag("docker")
class ConsoleLauncherTest {

    private static Jvm.Ended launch(Path reports, String... arguments) throws Exception {
        String[] common = {
            "execute",
            "--disable-banner",
            "--disable-ansi-colors",
            "--details=tree",
            "--details-theme=ascii",
            "--reports-dir=" + reports,
            "--config=sandbox.backend=docker"
        };
        String[] all = java.util.stream.Stream.concat(
                        java.util.Arrays.stream(common), java.util.Arrays.stream(arguments))
                .toArray(String[]::new);
        return Jvm.likeThis().run("org.junit.platform.console.ConsoleLauncher", all);
    }

    @Test
    void runsADirectoryAndAgainOneTestOfIt(@TempDir Path reports) throws Exception {
        Jvm.Ended all = launch(
                reports,
                "--select-directory=" + Strategies.FOLDER.resolve("group"),
                "--config=sandbox.data=" + Strategies.FOLDER);

        assertThat(all.exitCode()).as(all.out()).isEqualTo(1);
        assertThat(all.out())
                .contains("hopeful [OK]")
                .contains("validate [OK]")
                .contains("backtest [OK]")
                .contains("expect exposure >= 0.1 [OK]")
                .containsPattern("expect trades > 1000 \\[X] trades is \\d+, expected > 1000")
                .contains("4 tests found");
        assertThat(Files.readString(reports.resolve("TEST-strategy-sandbox.xml")))
                .contains("<testcase name=\"backtest\" classname=\"hopeful\"");

        UniqueId exposure =
                Strategies.in(Strategies.FOLDER.resolve("group"), "hopeful").append("expect", "exposure");
        Jvm.Ended one = launch(reports, "--select-unique-id=" + exposure, "--config=sandbox.data=" + Strategies.FOLDER);

        assertThat(one.exitCode()).as(one.out()).isZero();
        assertThat(one.out()).contains("expect exposure >= 0.1 [OK]").contains("1 tests found");
    }
}
