package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.testing.RequiresDocker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Section 5, container runtime, of the CIS Docker Benchmark: what its checks ask of a running container, asked of a live
 * sandbox. Left out are those of the engine (5.1 swarm mode, 5.23 and 5.24 {@code docker exec}), 5.2 where the host has no
 * AppArmor, and 5.27, a health check: a sandbox is used once and has a deadline instead.
 */
@RequiresDocker
class ContainerBenchmarkTest {

    private static DockerExecutor executor;
    private static Lease lease;
    private static JsonNode container;
    private static JsonNode host;

    @BeforeAll
    static void lease() throws Exception {
        executor = DockerExecutor.open(EngineForTests.DEFAULTS, message -> {});
        lease = executor.lease(new LeaseRequest("benchmark", Duration.ofMinutes(2)));
        try (DockerClient client = EngineForTests.client()) {
            container = new ObjectMapper()
                    .valueToTree(
                            client.inspectContainerCmd(lease.instance()).exec().getRawValues());
        }
        host = container.get("HostConfig");
    }

    @AfterAll
    static void close() throws Exception {
        lease.close();
        executor.close();
    }

    private static boolean isNothing(JsonNode node) {
        return node == null
                || node.isNull()
                || node.isEmpty() && (node.isContainerNode() || node.asText().isEmpty());
    }

    @Test
    @DisplayName("5.3 security options are set, 5.22 seccomp is ours, 5.26 no new privileges")
    void securityOptions() {
        assertThat(host.get("SecurityOpt"))
                .hasSize(2)
                .anyMatch(option -> option.asText().equals("no-new-privileges"))
                .anyMatch(option -> option.asText().startsWith("seccomp={"))
                .noneMatch(option -> option.asText().contains("unconfined"));
    }

    @Test
    @DisplayName("5.4 no capability is left, 5.5 not privileged")
    void privileges() {
        assertThat(host.get("CapDrop"))
                .hasSize(1)
                .allMatch(dropped -> dropped.asText().equals("ALL"));
        assertThat(isNothing(host.get("CapAdd"))).isTrue();
        assertThat(host.get("Privileged").asBoolean()).isFalse();
        assertThat(container.get("Config").get("User").asText()).isEqualTo("65532:65532");
    }

    @Test
    @DisplayName("5.6, 5.20, 5.32 nothing of the host is mounted, its engine's socket neither")
    void mounts() {
        assertThat(container.get("Mounts")).isEmpty();
        assertThat(isNothing(host.get("Binds"))).isTrue();
        assertThat(isNothing(host.get("VolumesFrom"))).isTrue();
    }

    @Test
    @DisplayName("5.7 one process, and no program to start another")
    void processes() throws Exception {
        try (DockerClient client = EngineForTests.client()) {
            assertThat(List.of(client.topContainerCmd(lease.instance()).exec().getProcesses()))
                    .hasSize(1)
                    .allMatch(process -> String.join(" ", process).contains("/sandbox/jre/bin/java"));
        }
    }

    @Test
    @DisplayName("5.8, 5.9, 5.10, 5.14, 5.30 no network and no port")
    void network() {
        assertThat(host.get("NetworkMode").asText()).isEqualTo("none");
        assertThat(isNothing(host.get("PortBindings"))).isTrue();
        assertThat(isNothing(container.get("NetworkSettings").get("Ports"))).isTrue();
    }

    @Test
    @DisplayName("5.11 memory, 5.12 processors, 5.19 ulimits, 5.25 the engine's own group, 5.29 processes")
    void limits() {
        assertThat(host.get("Memory").asLong()).isEqualTo(2L << 30);
        assertThat(host.get("MemorySwap").asLong()).isEqualTo(2L << 30);
        assertThat(host.get("NanoCpus").asLong()).isEqualTo(500_000_000L);
        assertThat(host.get("Ulimits")).hasSize(4);
        assertThat(host.get("CgroupParent").asText()).isEmpty();
        assertThat(host.get("PidsLimit").asLong()).isEqualTo(64);
    }

    @Test
    @DisplayName("5.13 the root file system is read-only, 5.15 nothing is started again, 5.18 no devices")
    void fileSystemAndLife() {
        assertThat(host.get("ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(host.get("RestartPolicy").get("MaximumRetryCount").asInt()).isZero();
        assertThat(host.get("RestartPolicy").get("Name").asText()).isIn("", "no");
        assertThat(isNothing(host.get("Devices"))).isTrue();
        assertThat(isNothing(host.get("DeviceRequests"))).isTrue();
    }

    @Test
    @DisplayName("5.16, 5.17, 5.21, 5.31 no namespace of the host's")
    void namespaces() {
        assertThat(host.get("PidMode").asText()).isEmpty();
        assertThat(host.get("IpcMode").asText()).isEqualTo("private");
        assertThat(host.get("UTSMode").asText()).isEmpty();
        assertThat(host.get("UsernsMode").asText()).isEmpty();
    }

    @Test
    @DisplayName("no variable of the host's environment")
    void environment() {
        assertThat(container.get("Config").get("Env"))
                .allMatch(variable -> variable.asText().startsWith("PATH="));
    }
}
