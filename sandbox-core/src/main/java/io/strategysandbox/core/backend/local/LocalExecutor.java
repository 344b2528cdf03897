package io.strategysandbox.core.backend.local;

import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunnerLaunch;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.host.ScratchFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runners as child processes: an empty environment, an empty working directory, limits of heap and wall-clock time, and
 * what the host's own tools add. It keeps an honest strategy's mistakes in bounds; against a hostile one it is no
 * sandbox, and {@link #notEnforced()} says why.
 */
public final class LocalExecutor implements Backend {

    /** All that a runner needs of the JDK and of its module path. */
    private static final String MODULES = "java.base,io.strategysandbox.runner,ta4j.core,org.slf4j,commons.math3";

    private final DockerConfig config;
    private final HostTools tools;
    private final List<String> jvmOptions;
    private final Set<LocalLease> leases = ConcurrentHashMap.newKeySet();

    private LocalExecutor(DockerConfig config, HostTools tools, List<String> jvmOptions) {
        this.config = config;
        this.tools = tools;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * Opens the backend and finds out what this host can enforce.
     *
     * @param config the limits; what needs an engine is ignored
     * @return the backend; the caller must close it
     * @throws BackendException if this Java installation cannot start another JVM
     * @throws InterruptedException if the thread was interrupted
     */
    public static LocalExecutor open(DockerConfig config) throws BackendException, InterruptedException {
        return open(config, RunnerLaunch.jvmOptions(config.limits()));
    }

    /**
     * Opens the backend as a yardstick for what isolation costs: a JVM as everybody starts it, without what makes ours start
     * faster. What costs next to nothing, the host's own tools, stays.
     *
     * @param config the limits; what needs an engine is ignored
     * @return the backend; the caller must close it
     * @throws BackendException if this Java installation cannot start another JVM
     * @throws InterruptedException if the thread was interrupted
     */
    public static LocalExecutor unconfined(DockerConfig config) throws BackendException, InterruptedException {
        return open(config, RunnerLaunch.plainJvmOptions(config.limits()));
    }

    private static LocalExecutor open(DockerConfig config, List<String> jvmOptions)
            throws BackendException, InterruptedException {
        if (!Files.isExecutable(java())) {
            throw new BackendException("cannot start runners: there is no " + java()
                    + "; run with a Java installation that has a launcher");
        }
        List<String> loadOnly = new ArrayList<>(List.of(java().toString(), "--dry-run"));
        loadOnly.addAll(mainModule(config));
        return new LocalExecutor(config, HostTools.probe(config.limits(), loadOnly), jvmOptions);
    }

    private static Path java() {
        String name = File.separatorChar == '\\' ? "java.exe" : "java";
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    @Override
    public Isolation isolation() {
        return Isolation.LOCAL;
    }

    @Override
    public List<String> notEnforced() {
        return tools.notEnforced();
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("hostTools", tools.names().isEmpty() ? "none" : String.join(", ", tools.names()));
        return facts;
    }

    @Override
    public Lease lease(LeaseRequest request) throws BackendException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a runner was started for " + request.strategy());
        }
        String id = UUID.randomUUID().toString();
        ScratchFolder folder = emptyFolder();
        try {
            ProcessBuilder builder = new ProcessBuilder(command(folder.path(), request))
                    .directory(folder.path().toFile());
            builder.environment().clear();
            LocalLease lease = new LocalLease(id, builder.start(), folder, leases::remove);
            leases.add(lease);
            return lease;
        } catch (IOException e) {
            folder.close();
            throw new BackendException(
                    "cannot start a runner for " + request.strategy() + ": " + e.getMessage()
                            + "; check that this user may start processes",
                    e);
        }
    }

    private static ScratchFolder emptyFolder() throws BackendException {
        try {
            return ScratchFolder.create();
        } catch (IOException e) {
            throw new BackendException(
                    "cannot make a working directory for a runner: " + e.getMessage() + "; make "
                            + System.getProperty("java.io.tmpdir") + " writable",
                    e);
        }
    }

    private List<String> command(Path directory, LeaseRequest request) {
        List<String> command = new ArrayList<>(tools.prefix());
        command.add(java().toString());
        command.addAll(jvmOptions);
        // Nothing else here limits memory outside the heap; the last such option counts.
        command.add("-XX:MaxDirectMemorySize=16m");
        command.add("-Djava.io.tmpdir=" + directory);
        command.addAll(mainModule(config));
        command.add(request.deadlineArgument());
        return command;
    }

    private static List<String> mainModule(DockerConfig config) {
        List<String> arguments = new ArrayList<>(List.of("--limit-modules", MODULES));
        arguments.addAll(RunnerLaunch.mainModule(
                absolute(RunnerLaunch.modulePath()), absolute(config.image().libraries()), File.pathSeparator));
        return arguments;
    }

    private static List<String> absolute(List<Path> paths) {
        return paths.stream().map(path -> path.toAbsolutePath().toString()).toList();
    }

    @Override
    public void close() throws BackendException {
        BackendException failure = null;
        for (LocalLease lease : leases) {
            try {
                lease.close();
            } catch (BackendException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
