package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.testing.RequiresDocker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code scripts/setup_docker_sandbox.sh}, as far as it can be run without changing the machine. */
class SetupScriptTest {

    private static final Path SCRIPT =
            Path.of("..", "scripts", "setup_docker_sandbox.sh").toAbsolutePath().normalize();

    private record Ended(int code, String output) {}

    private static Ended run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    @Test
    @RequiresDocker
    void aCheckedEngineHasRunAContainer() throws Exception {
        Ended ended = run(Map.of(), "--check");

        assertThat(ended.output()).contains("an engine answers", "seccomp are there", "a container ran");
        assertThat(ended.code()).isZero();
    }

    @Test
    void anEngineThatDoesNotAnswerIsNamedWithAFixAndNothingIsInstalledInItsPlace() throws Exception {
        String host = "unix:///nonexistent/docker.sock";

        Ended ended = run(Map.of("DOCKER_HOST", host));

        assertThat(ended.output()).contains("no engine answers at DOCKER_HOST=" + host, "fix: ");
        assertThat(ended.output()).doesNotContain("installing", "starting");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void anUnknownOptionIsRefused() throws Exception {
        Ended ended = run(Map.of(), "--chek");

        assertThat(ended.output()).contains("usage: ");
        assertThat(ended.code()).isEqualTo(2);
    }
}
