package io.strategysandbox.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backend.docker.DockerExecutor;
import io.strategysandbox.core.backend.local.LocalExecutor;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.testing.RequiresDocker;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A runner whose host does not end it ends by itself. */
class RunnerDeadlineTest {

    private static final int OVERDUE = 71;
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final DockerConfig CONFIG = ConfigLoader.defaults().docker();

    @Test
    @RequiresDocker
    void inAContainer() throws Exception {
        try (Backend backend = DockerExecutor.open(CONFIG, message -> {})) {
            endsByItself(backend);
        }
    }

    @Test
    void asAProcess() throws Exception {
        try (Backend backend = LocalExecutor.open(CONFIG)) {
            endsByItself(backend);
        }
    }

    private static void endsByItself(Backend backend) throws Exception {
        try (Lease lease = backend.lease(new LeaseRequest("forgotten", DEADLINE))) {
            assertThat(lease.awaitExit(DEADLINE.dividedBy(2)))
                    .as("before its deadline")
                    .isEmpty();

            Optional<ExitStatus> exit = lease.awaitExit(Duration.ofSeconds(30));

            assertThat(exit.map(ExitStatus::exitCode)).contains(OVERDUE);
        }
    }
}
