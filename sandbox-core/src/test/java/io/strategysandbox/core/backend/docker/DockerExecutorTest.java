package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunnerStartException;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.testing.RequiresDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live container, field by field. */
@RequiresDocker
class DockerExecutorTest {

    private static final DockerConfig CONFIG = EngineForTests.DEFAULTS;

    @Test
    void aLiveContainerHasTheWholeProfileAndIsGoneAfterwards() throws Exception {
        try (DockerClient client = EngineForTests.client();
                DockerExecutor executor = DockerExecutor.open(CONFIG, message -> {})) {
            String id;
            try (Lease lease = executor.lease(new LeaseRequest("inspect me", Duration.ofMinutes(1)))) {
                id = lease.instance();
                InspectContainerResponse container =
                        client.inspectContainerCmd(id).exec();
                assertHostConfig(container.getHostConfig());
                assertThat(container.getMounts()).isNullOrEmpty();
                assertThat(container.getState().getRunning()).isTrue();
                assertThat(container.getConfig().getUser()).isEqualTo("65532:65532");
                assertThat(container.getConfig().getTty()).isFalse();
                assertThat(container.getConfig().getStdinOpen()).isTrue();
                assertThat(container.getConfig().getStdInOnce()).isTrue();
                assertThat(container.getConfig().getEnv()).isNullOrEmpty();
                assertThat(container.getConfig().getLabels())
                        .containsEntry("io.strategysandbox.owner", lease.id())
                        .containsEntry("io.strategysandbox.strategy", "inspect_me")
                        .containsKeys("io.strategysandbox.created", "io.strategysandbox.deadline");
            }
            assertThatThrownBy(() -> client.inspectContainerCmd(id).exec()).isInstanceOf(NotFoundException.class);
        }
    }

    private static void assertHostConfig(HostConfig host) {
        assertThat(host.getMemory()).isEqualTo(2L << 30);
        assertThat(host.getMemorySwap()).isEqualTo(2L << 30);
        assertThat(host.getNanoCPUs()).isEqualTo(500_000_000L);
        assertThat(host.getPidsLimit()).isEqualTo(64L);
        assertThat(host.getNetworkMode()).isEqualTo("none");
        assertThat(host.getReadonlyRootfs()).isTrue();
        assertThat(host.getPrivileged()).isFalse();
        assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(host.getCapAdd()).isNullOrEmpty();
        assertThat(host.getSecurityOpts())
                .anyMatch(option -> option.equals("no-new-privileges"))
                .anyMatch(option -> option.startsWith("seccomp={") && option.contains("\"SCMP_ACT_ERRNO\""));
        assertThat(host.getIpcMode()).isEqualTo("private");
        assertThat(host.getShmSize()).isEqualTo(64L << 10);
        assertThat(host.getTmpFs().get("/tmp"))
                .contains("noexec", "nosuid", "nodev", "size=16777216", "nr_inodes=1024", "uid=65532", "gid=65532");
        assertThat(host.getTmpFs().get("/dev/shm"))
                .contains("noexec", "nosuid", "nodev", "size=65536", "nr_inodes=16", "uid=65532", "gid=65532");
        assertThat(Arrays.toString(host.getUlimits())).contains("nofile", "fsize", "core");
        assertThat(host.getLogConfig().getType()).isEqualTo(LogConfig.LoggingType.NONE);
        assertThat(host.getAutoRemove()).isTrue();
        assertThat(host.getBinds()).isNullOrEmpty();
        assertThat(host.getDevices()).isNullOrEmpty();
    }

    @Test
    void theImageIsMadeOnce() throws Exception {
        try (DockerExecutor first = DockerExecutor.open(CONFIG, message -> {});
                DockerExecutor second = DockerExecutor.open(CONFIG, message -> {
                    throw new AssertionError("built again: " + message);
                })) {
            assertThat(first.facts().get("image"))
                    .isEqualTo(second.facts().get("image"))
                    .matches("strategy-sandbox/runner:[0-9a-f]{20}");
        }
    }

    @Test
    void aRunnerThatCannotStartIsToldWithWhatItSaid(@TempDir Path folder) throws Exception {
        Path profile = folder.resolve("nothing.json");
        Files.writeString(profile, """
                {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
                  {"names": ["execve", "exit", "exit_group"], "action": "SCMP_ACT_ALLOW"}]}
                """);
        try (DockerExecutor executor = DockerExecutor.open(EngineForTests.withSeccomp(profile.toString()), text -> {});
                DockerClient client = EngineForTests.client()) {
            assertThatThrownBy(() -> executor.lease(new LeaseRequest("deaf", Duration.ofMinutes(1))))
                    .isInstanceOfSatisfying(
                            RunnerStartException.class,
                            e -> assertThat(e.inspection())
                                    .get()
                                    .asString()
                                    .contains("\"io.strategysandbox.strategy\":\"deaf\""))
                    .hasMessageContaining("deaf");
            assertThat(containers(client)).isEmpty();
        }
    }

    private static List<Container> containers(DockerClient client) {
        return client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("io.strategysandbox.strategy", "deaf"))
                .exec();
    }

    @Test
    void anImageOfTheUsersOwnIsBuiltOn(@TempDir Path folder) throws Exception {
        String runner;
        try (DockerExecutor own = DockerExecutor.open(CONFIG, message -> {})) {
            runner = own.facts().get("image");
        }
        Path dockerfile = folder.resolve("Dockerfile");
        Files.writeString(dockerfile, "FROM " + runner + "\nUSER root\nENTRYPOINT [\"/nothing\"]\nLABEL ours=yes\n");
        for (DockerConfig config : List.of(
                EngineForTests.withImage(Optional.of(runner), Optional.empty()),
                EngineForTests.withImage(Optional.empty(), Optional.of(dockerfile.toString())))) {
            try (DockerExecutor executor = DockerExecutor.open(config, message -> {});
                    DockerClient client = EngineForTests.client()) {
                String image = executor.facts().get("image");
                try (Lease lease = executor.lease(new LeaseRequest("based", Duration.ofMinutes(1)))) {
                    InspectContainerResponse container =
                            client.inspectContainerCmd(lease.instance()).exec();
                    assertThat(container.getConfig().getUser()).isEqualTo("65532:65532");
                    assertThat(lease.stdout().read()).isNotNegative();
                    assertThat(image).isNotEqualTo(runner);
                } finally {
                    client.removeImageCmd(image).withForce(true).exec();
                }
            }
        }
        try (DockerClient client = EngineForTests.client()) {
            client.removeImageCmd("strategy-sandbox/test-of-bases:base")
                    .withForce(true)
                    .exec();
        }
    }

    @Test
    void anImageOfTheUsersOwnThatIsNotThereIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> DockerExecutor.open(
                        EngineForTests.withImage(Optional.of("no-such-image:1"), Optional.empty()), message -> {}))
                .hasMessageContaining("image.base")
                .hasMessageContaining("docker pull no-such-image:1");
        Path missing = folder.resolve("Dockerfile");
        assertThatThrownBy(() -> DockerExecutor.open(
                        EngineForTests.withImage(Optional.empty(), Optional.of(missing.toString())), message -> {}))
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("image.dockerfile");
    }
}
