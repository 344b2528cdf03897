package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.testing.RequiresDocker;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A live container, field by field. */
@RequiresDocker
class DockerExecutorTest {

    private static final DockerConfig CONFIG = ConfigLoader.defaults().docker();

    @Test
    void aLiveContainerHasTheWholeProfileAndIsGoneAfterwards() throws Exception {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        try (DockerClient client = DockerClientImpl.getInstance(
                        config,
                        new ZerodepDockerHttpClient.Builder()
                                .dockerHost(config.getDockerHost())
                                .build());
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
                .anyMatch(option -> option.equals("no-new-privileges:true"))
                .anyMatch(option -> option.startsWith("seccomp={") && option.contains("\"SCMP_ACT_ERRNO\""));
        assertThat(host.getIpcMode()).isEqualTo("private");
        assertThat(host.getShmSize()).isEqualTo(64L << 10);
        assertThat(host.getTmpFs().get("/tmp"))
                .contains("noexec", "nosuid", "nodev", "size=16777216", "nr_inodes=1024", "uid=65532", "gid=65532");
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
}
