package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.backend.StrategyCode;
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs attacks in containers, several at the same time and each as many times as {@code sandbox.attack.rounds} says, and
 * checks after each that its container is gone.
 */
final class AttackRange implements AutoCloseable {

    static final Output OUTPUT = new Output(64 * 1024, 4 << 20);

    private static final int AT_ONCE = 4;
    private static final Duration AROUND_THE_RUN = Duration.ofMinutes(2);

    private final DockerExecutor executor;
    private final DockerClient client = EngineForTests.client();
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    private final Path scratch;

    AttackRange(Path scratch) throws Exception {
        this.scratch = scratch;
        executor = DockerExecutor.open(EngineForTests.config(256L << 20, 32), message -> {});
    }

    /** Starts all attacks; the tests wait for them, one by one. */
    Stream<DynamicTest> attack(List<Attack> attacks) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int round = 1; round <= EachRound.COUNT; round++) {
            for (Attack attack : attacks) {
                Future<RunOutcome> running = pool.submit(() -> run(attack));
                String name =
                        EachRound.COUNT == 1 ? attack.name() : attack.name() + ", " + round + " of " + EachRound.COUNT;
                tests.add(DynamicTest.dynamicTest(name, () -> check(attack, running)));
            }
        }
        return tests.stream();
    }

    private RunOutcome run(Attack attack) throws Exception {
        String container;
        RunOutcome outcome;
        try (Lease lease =
                executor.lease(new LeaseRequest("attack", attack.timeout().plus(AROUND_THE_RUN)))) {
            container = lease.instance();
            outcome = new RunnerSession(new Feed(16), OUTPUT)
                    .run(
                            lease,
                            StrategyCode.targets(scratch, attack.members()),
                            StrategyCode.waves(3),
                            attack.timeout());
        }
        assertThatThrownBy(() -> client.inspectContainerCmd(container).exec()).isInstanceOf(NotFoundException.class);
        return outcome;
    }

    private static void check(Attack attack, Future<RunOutcome> running) throws Exception {
        try {
            RunOutcome outcome = running.get();
            try {
                attack.expectation().accept(outcome);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\nOutcome: " + outcome, e);
            }
        } catch (ExecutionException e) {
            throw new AssertionError(attack.name() + " did not come to an outcome", e.getCause());
        }
    }

    @Override
    public void close() throws BackendException, IOException {
        pool.shutdownNow();
        executor.close();
        client.close();
    }
}
