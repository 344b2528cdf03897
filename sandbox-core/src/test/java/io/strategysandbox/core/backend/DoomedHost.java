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
     * @param arguments {@code docker} or {@code local}; {@code busy} or {@code idle}; a directory for class files
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
        Job job = StrategyCode.onBar(
                Path.of(arguments[2]), "if (i == 0) { System.out.println(1); } while (yes()) { } return 1;");
        new RunnerSession(config.feed(), config.output()).run(lease, job, StrategyCode.waves(10), timeout);
    }
}
