package io.strategysandbox.junit.engine;

import io.strategysandbox.junit.StrategyDirectory;
import org.junit.jupiter.api.Tag;

/** Classes that stand for strategies. Nested, so that nothing but a test of this module runs them. */
final class Marked {

    private Marked() {}

    @Tag("marked")
    @StrategyDirectory("src/test/strategies")
    static class All {}

    @StrategyDirectory("src/test/strategies/trader")
    static class One {}

    @StrategyDirectory(value = "src/test/strategies/group", data = "src/test/strategies")
    static class WithData {}

    @StrategyDirectory(value = "src/test/strategies/group", data = "src/test/no-such-data")
    static class WithoutItsData {}

    @StrategyDirectory("src/main/resources")
    static class Empty {}

    @StrategyDirectory("src/test/no-such-folder")
    static class Nowhere {}

    static class Unmarked {}
}
