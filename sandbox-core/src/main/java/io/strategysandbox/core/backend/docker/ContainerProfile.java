package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ulimit;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.config.ConfigException;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.DockerConfig.Limits;
import io.strategysandbox.core.config.DockerConfig.Security;
import io.strategysandbox.core.config.SeccompProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The strictest container that a JVM can live in, and the check that the engine really made it so. */
final class ContainerProfile {

    /** Labels of every container of ours. */
    static final String OWNER = "io.strategysandbox.owner";

    private static final String STRATEGY = "io.strategysandbox.strategy";
    private static final String CREATED = "io.strategysandbox.created";
    /** When a container must be gone, in the engine's time. */
    static final String DEADLINE = "io.strategysandbox.deadline";

    private static final String NO_NEW_PRIVILEGES = "no-new-privileges";
    private static final String SECCOMP = "seccomp=";
    private static final String SHIPPED = "/io/strategysandbox/config/seccomp_profile.json";

    /**
     * What the engine hides anyway, in its newest version, and what a runner has no use for: making pseudo-terminals
     * and message queues.
     */
    private static final List<String> MASKED_PATHS = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/devices/virtual/powercap",
            "/sys/firmware",
            "/dev/mqueue",
            "/dev/pts");

    /** What lies over a masked path: an empty directory, or /dev/null of the engine's or of the container's own. */
    private static final Set<String> MASKS = Set.of("tmpfs", "devtmpfs");

    private static final long PROCESSOR_SECONDS_BEYOND = 5;

    /** In /dev/shm, where nothing of a runner's should be. */
    private static final int SHM_INODES = 16;

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
                    ? SeccompProfile.read(Path.of(security.seccompProfile().get()))
                    : shipped();
            return new ContainerProfile(config.limits(), security, seccomp);
        } catch (ConfigException e) {
            throw new BackendException(e.getMessage(), e);
        } catch (IOException e) {
            throw new BackendException(
                    "the seccomp profile " + SHIPPED + " cannot be read: " + e.getMessage() + "; build this jar again",
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

    /**
     * Describes a container.
     *
     * @param now the engine's own time, by which a sweep judges it
     */
    void apply(CreateContainerCmd create, String leaseId, LeaseRequest request, Instant now) {
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
                .withHostConfig(hostConfig(request.deadline()));
    }

    private String user() {
        return security.uid() + ":" + security.gid();
    }

    private HostConfig hostConfig(Duration deadline) {
        HostConfig host = new MaskingHostConfig()
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes())
                .withNanoCPUs(nanoCpus())
                .withPidsLimit((long) limits.pids())
                .withNetworkMode("none")
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withPrivileged(false)
                .withSecurityOpts(List.of(NO_NEW_PRIVILEGES, SECCOMP + seccomp))
                .withIpcMode("private")
                .withShmSize(limits.shmBytes())
                .withTmpFs(tmpfs())
                .withUlimits(ulimits(deadline))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withInit(false)
                .withAutoRemove(true);
        security.runtime().ifPresent(host::withRuntime);
        return host;
    }

    private long nanoCpus() {
        return Math.round(limits.cpus() * 1_000_000_000);
    }

    private List<Ulimit> ulimits(Duration deadline) {
        long seconds = processorSeconds(deadline);
        return List.of(
                new Ulimit("cpu", seconds, seconds),
                new Ulimit("nofile", (long) limits.openFiles(), (long) limits.openFiles()),
                new Ulimit("fsize", limits.fileSizeBytes(), limits.fileSizeBytes()),
                new Ulimit("core", 0L, 0L));
    }

    /** More than the share of processors allows until the deadline: the kernel ends what nobody else has ended by then. */
    private long processorSeconds(Duration deadline) {
        return (long) Math.ceil(deadline.toSeconds() * limits.cpus()) + PROCESSOR_SECONDS_BEYOND;
    }

    private Map<String, String> tmpfs() {
        return Map.of(
                "/tmp", tmpfs(limits.tmpBytes(), limits.tmpInodes()), "/dev/shm", tmpfs(limits.shmBytes(), SHM_INODES));
    }

    private String tmpfs(long bytes, int inodes) {
        return "rw,noexec,nosuid,nodev,size=" + bytes + ",nr_inodes=" + inodes + ",mode=0700,uid=" + security.uid()
                + ",gid=" + security.gid();
    }

    /** Host settings with the one that the client has no word for. */
    private static final class MaskingHostConfig extends HostConfig {
        private static final long serialVersionUID = 1L;

        @Override
        public Map<String, Object> getRawValues() {
            return Map.of("MaskedPaths", MASKED_PATHS);
        }
    }

    /**
     * Compares what the engine says it enforces, and what the kernel says if the container can be seen from here, with
     * what was asked for.
     *
     * @param container what the engine says
     * @param groups the container's control groups, if they can be seen
     * @param deadline the longest that it may live
     * @throws BackendException if anything differs, naming it
     */
    void verify(InspectContainerResponse container, Optional<ControlGroups> groups, Duration deadline)
            throws BackendException {
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
        compare(differences, "dropped capabilities", List.of(Capability.ALL), list(host.getCapDrop()));
        compare(differences, "added capabilities", List.of(), list(host.getCapAdd()));
        compare(differences, "devices", List.of(), list(host.getDevices()));
        compare(differences, "tmpfs", tmpfs(), host.getTmpFs());
        compare(differences, "ulimits", Set.copyOf(ulimits(deadline)), Set.copyOf(list(host.getUlimits())));
        compare(differences, "mounts", List.of(), container.getMounts() == null ? List.of() : container.getMounts());
        compare(differences, "automatic removal", true, host.getAutoRemove());
        compare(
                differences,
                "log",
                LogConfig.LoggingType.NONE,
                host.getLogConfig().getType());
        security.runtime().ifPresent(runtime -> compare(differences, "runtime", runtime, host.getRuntime()));
        List<String> options = host.getSecurityOpts() == null ? List.of() : host.getSecurityOpts();
        compare(differences, "no-new-privileges", true, options.contains(NO_NEW_PRIVILEGES));
        compare(differences, "our seccomp profile in force", true, options.contains(SECCOMP + seccomp));
        if (groups.isPresent()) {
            limitDifferences(groups.get(), differences);
            processDifferences(container, differences);
        }
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

    private static <T> List<T> list(T[] array) {
        return array == null ? List.of() : List.of(array);
    }

    private void limitDifferences(ControlGroups groups, List<String> differences) {
        if (!groups.complete()) {
            return;
        }
        compare(differences, "the kernel's memory limit", OptionalLong.of(limits.memoryBytes()), groups.memoryLimit());
        compare(differences, "the kernel's process limit", OptionalLong.of(limits.pids()), groups.processLimit());
        double processors = groups.processors().orElse(Double.POSITIVE_INFINITY);
        if (Math.abs(processors - limits.cpus()) > 0.01) {
            differences.add("the kernel's share of processors is " + processors + " instead of " + limits.cpus());
        }
    }

    private static void processDifferences(InspectContainerResponse container, List<String> differences) {
        Path process = Path.of("/proc", String.valueOf(container.getState().getPidLong()));
        try {
            List<String> status = Files.readAllLines(process.resolve("status"));
            for (String wanted : List.of("Seccomp:\t2", "NoNewPrivs:\t1", "CapEff:\t0000000000000000")) {
                String key = wanted.substring(0, wanted.indexOf(':') + 1);
                status.stream()
                        .filter(line -> line.startsWith(key) && !line.equals(wanted))
                        .forEach(line -> differences.add("the kernel says " + line + " instead of " + wanted));
            }
            maskDifferences(Files.readAllLines(process.resolve("mountinfo")), differences);
        } catch (IOException e) {
            // The process has ended.
            return;
        }
    }

    /** The client does not tell what the engine says of masked paths; the container's mounts do. */
    private static void maskDifferences(List<String> mounts, List<String> differences) {
        for (String path : MASKED_PATHS) {
            // Number, parent, device, root, mount point, options, optional fields, "-", type: the last one is on top.
            mounts.stream()
                    .map(mount -> List.of(mount.split(" ", -1)))
                    .filter(fields -> fields.get(4).equals(path))
                    .reduce((below, above) -> above)
                    .filter(fields -> !MASKS.contains(fields.get(fields.indexOf("-") + 1)))
                    .ifPresent(fields -> differences.add(path + " is not masked"));
        }
    }
}
