package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ulimit;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.DockerConfig.Limits;
import io.strategysandbox.core.config.DockerConfig.Security;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The strictest container that a JVM can live in, and the check that the engine really made it so. */
final class ContainerProfile {

    /** Labels of every container of ours. */
    static final String OWNER = "io.strategysandbox.owner";

    private static final String STRATEGY = "io.strategysandbox.strategy";
    private static final String CREATED = "io.strategysandbox.created";
    private static final String DEADLINE = "io.strategysandbox.deadline";
    private static final String SHIPPED = "/io/strategysandbox/config/seccomp_profile.json";

    private final Limits limits;
    private final Security security;
    private final String seccomp;

    private ContainerProfile(Limits limits, Security security, String seccomp) {
        this.limits = limits;
        this.security = security;
        this.seccomp = seccomp;
    }

    static ContainerProfile of(DockerConfig config) throws BackendException {
        Security security = config.security();
        try {
            String seccomp = security.seccompProfile().isPresent()
                    ? Files.readString(Path.of(security.seccompProfile().get()))
                    : shipped();
            return new ContainerProfile(config.limits(), security, seccomp);
        } catch (IOException e) {
            throw new BackendException(
                    "the seccomp profile " + security.seccompProfile().orElse(SHIPPED) + " cannot be read: "
                            + e.getMessage() + "; correct security.seccompProfile in docker_config.yaml",
                    e);
        }
    }

    private static String shipped() throws IOException {
        try (InputStream in = ContainerProfile.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IOException("this jar lacks it");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void apply(CreateContainerCmd create, String leaseId, LeaseRequest request) {
        Instant now = Instant.now();
        create.withUser(user())
                .withHostName("sandbox")
                .withTty(false)
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withNetworkDisabled(true)
                .withLabels(Map.of(
                        OWNER, leaseId,
                        STRATEGY, request.strategy().replaceAll("[^A-Za-z0-9._-]", "_"),
                        CREATED, now.toString(),
                        DEADLINE, now.plus(request.deadline()).toString()))
                .withHostConfig(hostConfig());
    }

    private String user() {
        return security.uid() + ":" + security.gid();
    }

    private HostConfig hostConfig() {
        HostConfig host = HostConfig.newHostConfig()
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes())
                .withNanoCPUs(nanoCpus())
                .withPidsLimit((long) limits.pids())
                .withNetworkMode("none")
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withPrivileged(false)
                .withSecurityOpts(List.of("no-new-privileges:true", "seccomp=" + seccomp))
                .withIpcMode("private")
                .withShmSize(limits.shmBytes())
                .withTmpFs(Map.of("/tmp", tmpfs()))
                .withUlimits(new Ulimit[] {
                    new Ulimit("nofile", (long) limits.openFiles(), (long) limits.openFiles()),
                    new Ulimit("fsize", limits.fileSizeBytes(), limits.fileSizeBytes()),
                    new Ulimit("core", 0L, 0L)
                })
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withAutoRemove(true);
        security.runtime().ifPresent(host::withRuntime);
        return host;
    }

    private long nanoCpus() {
        return Math.round(limits.cpus() * 1_000_000_000);
    }

    private String tmpfs() {
        return "rw,noexec,nosuid,nodev,size=" + limits.tmpBytes() + ",nr_inodes=" + limits.tmpInodes()
                + ",mode=0700,uid=" + security.uid() + ",gid=" + security.gid();
    }

    /**
     * Compares what the engine says it enforces, and what the kernel says if the container's processes can be seen from
     * here, with what was asked for.
     *
     * @throws BackendException if anything differs, naming it
     */
    void verify(InspectContainerResponse container) throws BackendException {
        HostConfig host = container.getHostConfig();
        List<String> differences = new ArrayList<>();
        compare(differences, "memory", limits.memoryBytes(), host.getMemory());
        compare(differences, "memory with swap", limits.memoryBytes(), host.getMemorySwap());
        compare(differences, "processor time", nanoCpus(), host.getNanoCPUs());
        compare(differences, "processes", (long) limits.pids(), host.getPidsLimit());
        compare(differences, "network", "none", host.getNetworkMode());
        compare(differences, "read-only root", true, host.getReadonlyRootfs());
        compare(differences, "privileged", false, host.getPrivileged());
        compare(differences, "ipc", "private", host.getIpcMode());
        compare(differences, "shm", limits.shmBytes(), host.getShmSize());
        compare(differences, "user", user(), container.getConfig().getUser());
        compare(differences, "capabilities", "[ALL]", Arrays.toString(host.getCapDrop()));
        List<String> options = host.getSecurityOpts() == null ? List.of() : host.getSecurityOpts();
        compare(differences, "no-new-privileges", true, options.contains("no-new-privileges:true"));
        compare(differences, "seccomp", true, options.stream().anyMatch(option -> option.startsWith("seccomp={")));
        kernelDifferences(container, differences);
        if (!differences.isEmpty()) {
            throw new BackendException(
                    "the engine does not enforce what was asked for: " + String.join(", ", differences)
                            + "; the run is refused. Run scripts/setup_docker_sandbox.sh --check");
        }
    }

    private static void compare(List<String> differences, String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            differences.add(what + " is " + found + " instead of " + wanted);
        }
    }

    private static void kernelDifferences(InspectContainerResponse container, List<String> differences) {
        Long pid = container.getState().getPidLong();
        if (pid == null || pid <= 0) {
            return;
        }
        Path process = Path.of("/proc", pid.toString());
        try {
            if (!Files.readString(process.resolve("cgroup")).contains(container.getId())) {
                return;
            }
            List<String> status = Files.readAllLines(process.resolve("status"));
            for (String wanted : List.of("Seccomp:\t2", "NoNewPrivs:\t1", "CapEff:\t0000000000000000")) {
                String key = wanted.substring(0, wanted.indexOf(':') + 1);
                status.stream()
                        .filter(line -> line.startsWith(key) && !line.equals(wanted))
                        .forEach(line -> differences.add("the kernel says " + line + " instead of " + wanted));
            }
        } catch (IOException e) {
            // The engine is on another machine, or the process has ended: the engine's own word must do.
            return;
        }
    }
}
