package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SourceTreesTest {

    /** The clock stops a look that takes too long; it does not run for those that wait for their turn. */
    @Test
    @Timeout(60)
    void whoWaitsForAnotherLookIsLookedAtHoweverLongThatTakes() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        SourceTrees trees = new SourceTrees(
                texts -> {
                    while (texts.containsKey("Large.java") && released.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return List.of();
                },
                Dangers.load(),
                Duration.ofSeconds(2));
        assertThat(trees.check(Map.of("Large.java", " ".repeat(128 << 10))))
                .extracting(Finding::rule)
                .containsExactly("not-parsed");
        FutureTask<List<Finding>> look = new FutureTask<>(() -> trees.check(Map.of("A.java", "class A {}")));
        Thread waiting = new Thread(look);
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING && waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(waiting.getState()).isEqualTo(Thread.State.WAITING);
        released.countDown();
        assertThat(look.get()).isEmpty();
    }
}
