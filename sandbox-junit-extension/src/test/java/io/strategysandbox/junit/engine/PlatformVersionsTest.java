package io.strategysandbox.junit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.junit.EnabledIfDockerAvailable;
import io.strategysandbox.junit.testing.Jvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same jar with the oldest JUnit it is for, the one it is built with, and the newest. */
@EnabledIfDockerAvailable
@Tag("docker")
class PlatformVersionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "built", "newest"})
    void strategiesRunAndShareTheSandboxesOfTheRunWithJupiter(String junit) throws Exception {
        Jvm.Ended run = Jvm.withJunit(junit).run(PlatformProbe.class.getName(), "run");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.lines("SUCCESSFUL"))
                .as(run.out())
                .contains(
                        "trader/validate",
                        "trader/backtest",
                        "trader/trades",
                        "group/hopeful/exposure",
                        "trader",
                        "exits",
                        "test()");
        assertThat(run.lines("FAILED"))
                .as(run.out())
                .containsExactlyInAnyOrder(
                        "dataless/validate",
                        "draft/validate",
                        "exits/validate",
                        "misspelt/validate",
                        "group/hopeful/trades",
                        "thrower/backtest");
        assertThat(run.lines("ABORTED")).as(run.out()).contains("exits/backtest", "thrower/trades");
        List<String> shared = run.lines("SHARED");
        assertThat(shared).hasSize(2);
        assertThat(shared.get(0)).isEqualTo(shared.get(1));
        // What cannot be closed fails the run, whoever put it there; the sandboxes are closed all the same.
        assertThat(run.lines("THROWN")).containsExactly("a pool that cannot be closed");
        assertThat(run.lines("CLOSED")).containsExactly("the run of tests is over, and its sandboxes are closed");
    }

    @Test
    void aCancelledRunEndsAStrategyThatIsOnItsWayAndLeavesNothing() throws Exception {
        Jvm.Ended run = Jvm.withJunit("newest").run(PlatformProbe.class.getName(), "cancel");

        assertThat(run.lines("RUNNING")).as(run.out()).hasSize(1);
        long cancelled = Long.parseLong(run.lines("CANCELLED").get(0));
        long ended = Long.parseLong(run.lines("ENDED").get(0));
        assertThat((ended - cancelled) / 1_000_000)
                .as("milliseconds until the end; the strategy itself would take a minute")
                .isLessThan(20_000);
        assertThat(run.lines("ABORTED")).as(run.out()).containsExactly("a-sleeper");
        assertThat(run.lines("WHY"))
                .containsExactly("the run of tests was cancelled while the strategy was on its way");
        assertThat(run.lines("SKIPPED")).as(run.out()).containsExactly("b-later");
        assertThat(run.out()).endsWith("LEFT \n");
    }
}
