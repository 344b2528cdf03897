package io.strategysandbox.core.backend;

import io.strategysandbox.core.backend.docker.DockerExecutor;
import io.strategysandbox.core.backend.local.LocalExecutor;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.DockerConfig;
import java.nio.file.Path;
import java.time.Duration;

/** A host that is going to be killed: leases a runner, says which, and keeps it busy, or lets it wait, for ever. */
public final class DoomedHost {

    private DoomedHost() {}

    /**
     * Leases a runner.
     *
     * @param arguments {@code docker} or {@code local}; {@code busy}, {@code idle}, or {@code deaf}, which keeps
     *     the runner from noticing that its standard input ends; a directory for class files
     */
    public static void main(String[] arguments) throws Exception {
        DockerConfig config = ConfigLoader.defaults().docker();
        Backend backend =
                arguments[0].equals("docker") ? DockerExecutor.open(config, message -> {}) : LocalExecutor.open(config);
        Duration timeout = Duration.ofMinutes(5);
        Lease lease = backend.lease(new LeaseRequest("doomed", timeout));
        System.out.println(lease.instance());
        if (arguments[1].equals("idle")) {
            Thread.sleep(timeout.toMillis());
        }
        String first = arguments[1].equals("deaf") ? "kept = new FileOutputStream(\"/proc/self/fd/0\");" : "";
        Job job = StrategyCode.targets(
                Path.of(arguments[2]),
                "OutputStream kept; public double onBar(BarSeries h) { try { " + first
                        + " while (yes()) { " + (first.isEmpty() ? "" : "Thread.sleep(10);")
                        + " } return 1; } catch (Exception e) {"
                        + " throw new IllegalStateException(e); } } boolean yes() throws IOException { return true; }");
        new RunnerSession(config.feed(), config.output()).run(lease, job, StrategyCode.waves(10), timeout);
    }
}
