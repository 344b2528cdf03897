package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.StrategyCode.onBar;
import static io.strategysandbox.core.backend.StrategyCode.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.strategysandbox.core.backend.DoomedHost;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Output;
import io.strategysandbox.core.testing.RequiresDocker;
import io.strategysandbox.core.verdict.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose containers a sweep removes, and whose it leaves alone. */
@RequiresDocker
class OrphanSweepTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String ELSEWHERE = "00000000.1.4711.12345-lease";

    @TempDir
    private Path scratch;

    private final DockerClient engine = EngineForTests.client();
    private final List<String> made = new ArrayList<>();
    private DockerExecutor executor;
    private Owner self;

    @BeforeEach
    void open() throws Exception {
        executor = DockerExecutor.open(EngineForTests.config(256L << 20, 32), message -> {});
        self = Owner.self();
    }

    @AfterEach
    void close() throws Exception {
        for (String container : made) {
            if (exists(container)) {
                engine.removeContainerCmd(container).withForce(true).exec();
            }
        }
        executor.close();
        engine.close();
    }

    private String container(String owner, String deadline) {
        String id = engine.createContainerCmd(executor.facts().get("image"))
                .withCmd("/nothing")
                .withLabels(Map.of(ContainerProfile.OWNER, owner, ContainerProfile.DEADLINE, deadline))
                .exec()
                .getId();
        made.add(id);
        return id;
    }

    private static String ago(Duration duration) {
        return Instant.now().minus(duration).toString();
    }

    private boolean exists(String container) {
        try {
            engine.inspectContainerCmd(container).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private List<String> sweep() throws Exception {
        List<String> said = new ArrayList<>();
        new OrphanSweep(engine, Instant.now(), said::add).run();
        return said;
    }

    @Test
    void theDeadLoseTheirContainersAndTheLivingNone() throws Exception {
        String dead = container(new Owner(self.place(), self.pid(), "1").id() + "-lease", ago(MINUTE.negated()));
        String living = container(self.id() + "-lease", ago(MINUTE.negated()));
        String livingAndLate = container(self.id() + "-lease", ago(Duration.ofDays(1)));

        List<String> said = sweep();

        assertThat(exists(dead)).isFalse();
        assertThat(exists(living)).isTrue();
        assertThat(exists(livingAndLate))
                .as("late, but its owner is there to end it")
                .isTrue();
        assertThat(said).contains("removed the container " + dead + ", whose build is gone");
    }

    @Test
    void whoseOwnerCannotBeSeenHasUntilItsDeadlineAndLonger() throws Exception {
        String early = container(ELSEWHERE, ago(MINUTE.negated()));
        String late = container(ELSEWHERE, ago(MINUTE.multipliedBy(9)));
        String overdue = container(ELSEWHERE, ago(MINUTE.multipliedBy(11)));
        String unreadable = container("not an owner", "not a time");

        sweep();

        assertThat(exists(early)).isTrue();
        assertThat(exists(late)).isTrue();
        assertThat(exists(overdue)).isFalse();
        assertThat(exists(unreadable)).isTrue();
    }

    @Test
    void aBuildInAContainerOfItsOwnAndOneHereDoNotTouchEachOther() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can hide its processes");
        try (Lease here = executor.lease(new LeaseRequest("here", MINUTE))) {
            // Its process is there by another number, and it sees none of ours.
            Process hidden = host("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
            try {
                String there = leased(hidden);
                assertThat(exists(here.instance())).as("it has swept").isTrue();

                List<String> said = sweep();

                assertThat(exists(there)).isTrue();
                assertThat(said).noneMatch(text -> text.contains(there));
            } finally {
                end(hidden);
            }
        }
    }

    @Test
    void aBuildThatIsKilledDoesNotDisturbAnother() throws Exception {
        Process other = host();
        try (Lease lease = executor.lease(new LeaseRequest("beside", MINUTE))) {
            String orphan = leased(other);
            Lease watched = WatchedLease.of(lease, 4_000, () -> {
                try {
                    other.destroyForcibly().waitFor();
                    sweep();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            RunOutcome outcome = new RunnerSession(new Feed(4096), new Output(1024, 1 << 20))
                    .run(
                            watched,
                            onBar(
                                    scratch,
                                    "if (i == 0) System.out.println(\"x\".repeat(8_000)); System.out.flush();"
                                            + " long t = System.nanoTime();"
                                            + " while (i == 0 && yes() && System.nanoTime() - t < 3e9) { } return 1;"),
                            waves(20),
                            MINUTE);

            assertThat(outcome.verdict()).isEqualTo(new Verdict.Ok());
            assertThat(exists(orphan)).isFalse();
        } finally {
            end(other);
        }
    }

    private Process host(String... before) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Else the JVM says on its output that another process has a file named like its own number.
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedHost.class.getName(),
                "docker",
                "idle",
                scratch.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String leased(Process host) throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(line).as("the lease's instance").isNotBlank();
        return line;
    }

    private static void end(Process host) throws InterruptedException {
        host.descendants().forEach(ProcessHandle::destroyForcibly);
        host.destroyForcibly().waitFor();
    }
}
