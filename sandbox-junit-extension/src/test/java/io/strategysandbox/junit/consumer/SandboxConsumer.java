package io.strategysandbox.junit.consumer;

import static io.strategysandbox.junit.Bound.atLeast;
import static io.strategysandbox.junit.SandboxAssertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxScope;
import io.strategysandbox.core.market.BarsLoader;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.core.verdict.Verdict;
import io.strategysandbox.junit.EnabledIfDockerAvailable;
import io.strategysandbox.junit.SandboxTest;
import io.strategysandbox.junit.SandboxedStrategy;
import io.strategysandbox.junit.StrategySource;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** Everything the extension offers, once. */
@SandboxTest(memory = "256MiB")
class SandboxConsumer {

    private static final Path STRATEGIES = Path.of("src", "test", "simple-strategies");

    private final Sandbox ofConstructor;

    SandboxConsumer(Sandbox sandbox) {
        ofConstructor = sandbox;
    }

    private static SandboxedStrategy strategy(String name) {
        Path directory = STRATEGIES.resolve(name);
        return new SandboxedStrategy(directory, StrategyDiscovery.read(directory), new BarsLoader(STRATEGIES));
    }

    @BeforeEach
    void isThere(SandboxScope scope) {
        if (scope.sandbox() != ofConstructor || !scope.open().isEmpty()) {
            throw new AssertionError("another sandbox, or one with something in it");
        }
    }

    @Test
    void honest(Sandbox sandbox) throws InterruptedException {
        assertThat(strategy("follower").backtest(sandbox))
                .isOk()
                .hasTrades(atLeast(3))
                .drawdownBelow(0.3);
    }

    @Test
    void hostile(Sandbox sandbox) throws InterruptedException {
        assertThat(strategy("exits").backtest(sandbox)).isRejected().hasFinding("jvm-exit");
    }

    @ParameterizedTest
    @StrategySource("src/test/simple-strategies")
    void each(SandboxedStrategy strategy, Sandbox sandbox) throws InterruptedException {
        Class<? extends Verdict> expected = switch (strategy.name()) {
            case "exits" -> Verdict.Rejected.class;
            case "boom" -> Verdict.RuntimeError.class;
            default -> Verdict.Ok.class;
        };
        assertThat(strategy.backtest(sandbox)).hasVerdict(expected);
    }

    @RepeatedTest(2)
    void again(Sandbox sandbox) throws InterruptedException {
        assertThat(strategy("follower").backtest(sandbox)).isOk();
    }

    @TestFactory
    Stream<DynamicTest> dynamic(Sandbox sandbox) {
        return List.of("follower", "dawdler").stream()
                .map(name -> dynamicTest(
                        name, () -> assertThat(strategy(name).backtest(sandbox)).isOk()));
    }

    @Nested
    @SandboxTest(timeout = "200ms", cpus = 0.25)
    class Hurried {
        @Test
        void late(Sandbox sandbox) throws InterruptedException {
            assertThat(strategy("dawdler").backtest(sandbox)).hasVerdict(Verdict.TimeLimitExceeded.class);
        }
    }

    @Nested
    class Elsewhere {
        @EnabledIfDockerAvailable
        @Test
        void inAContainer(Sandbox sandbox) throws InterruptedException {
            assertThat(strategy("follower").backtest(sandbox)).isOk();
        }
    }

    @AfterEach
    void isStillTheSame(Sandbox sandbox) {
        if (sandbox != ofConstructor) {
            throw new AssertionError("another sandbox");
        }
    }
}
