package io.strategysandbox.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.WaitContainerCondition;
import com.github.dockerjava.api.model.WaitResponse;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.strategysandbox.core.backend.docker.DockerExecutor;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.testing.RequiresDocker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} of the host: nothing can tidy up any more, and nothing is left. */
class KilledHostTest {

    private static final long GONE_SECONDS = 20;

    @TempDir
    private Path scratch;

    private Process host(String backend, String work) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedHost.class.getName(),
                        backend,
                        work,
                        scratch.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static DockerClient engine() {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    private static String leased(Process host) throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(line).as("the lease's instance").isNotBlank();
        return line;
    }

    private static void waitUntilBusy(Process host) throws InterruptedException {
        // The runner burns its processor share from here on, whatever it is doing.
        assertThat(host.waitFor(2, TimeUnit.SECONDS))
                .as("the host ended by itself")
                .isFalse();
    }

    /** Its janitor first, who would remove what is left before it ends by itself. */
    private static void kill(Process host) {
        host.children().forEach(ProcessHandle::destroyForcibly);
        host.destroyForcibly();
    }

    @ParameterizedTest
    @RequiresDocker
    @ValueSource(strings = {"idle", "busy"})
    void noContainerIsLeft(String work) throws Exception {
        Process host = host("docker", work);
        try (DockerClient client = engine()) {
            String container = leased(host);
            waitUntilBusy(host);
            assertThat(client.inspectContainerCmd(container).exec().getState().getRunning())
                    .isTrue();
            ResultCallback.Adapter<WaitResponse> removed = client.waitContainerCmd(container)
                    .withCondition(WaitContainerCondition.REMOVED)
                    .exec(new ResultCallback.Adapter<>());
            removed.awaitStarted(GONE_SECONDS, TimeUnit.SECONDS);

            kill(host);

            assertThat(removed.awaitCompletion(GONE_SECONDS, TimeUnit.SECONDS))
                    .as("removed within %d s", GONE_SECONDS)
                    .isTrue();
        } finally {
            host.destroyForcibly();
        }
    }

    @Test
    @RequiresDocker
    void aRunnerThatCannotNoticeIsRemovedByTheJanitor() throws Exception {
        Process host = host("docker", "deaf");
        try (DockerClient client = engine()) {
            String container = leased(host);
            waitUntilBusy(host);
            ResultCallback.Adapter<WaitResponse> removed = client.waitContainerCmd(container)
                    .withCondition(WaitContainerCondition.REMOVED)
                    .exec(new ResultCallback.Adapter<>());
            removed.awaitStarted(GONE_SECONDS, TimeUnit.SECONDS);

            host.destroyForcibly();

            assertThat(removed.awaitCompletion(GONE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            host.destroyForcibly();
        }
    }

    @Test
    @RequiresDocker
    void theNextBuildRemovesWhatCouldNotNoticeAndNothingOfABuildThatLives() throws Exception {
        Process killed = host("docker", "deaf");
        Process living = host("docker", "idle");
        try (DockerClient client = engine()) {
            String orphan = leased(killed);
            String owned = leased(living);
            waitUntilBusy(killed);
            kill(killed);
            killed.waitFor();
            List<String> said = new ArrayList<>();

            DockerExecutor.open(ConfigLoader.defaults().docker(), said::add).close();

            assertThatThrownBy(() -> client.inspectContainerCmd(orphan).exec()).isInstanceOf(NotFoundException.class);
            assertThat(said).noneMatch(text -> text.contains(owned));
            assertThat(client.inspectContainerCmd(owned).exec().getState().getRunning())
                    .isTrue();
        } finally {
            killed.destroyForcibly();
            living.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"idle", "busy"})
    void noProcessIsLeft(String work) throws Exception {
        Process host = host("local", work);
        try {
            ProcessHandle runner =
                    ProcessHandle.of(Long.parseLong(leased(host))).orElseThrow();
            waitUntilBusy(host);
            assertThat(runner.isAlive()).isTrue();

            host.destroyForcibly();

            runner.onExit().get(GONE_SECONDS, TimeUnit.SECONDS);
            assertThat(runner.isAlive()).isFalse();
        } finally {
            host.destroyForcibly();
        }
    }
}
