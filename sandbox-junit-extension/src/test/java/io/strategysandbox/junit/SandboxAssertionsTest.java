package io.strategysandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.MetricName;
import io.strategysandbox.core.benchmark.Overhead;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What assertions accept, and what they say when they do not. */
@SandboxTest(backend = BackendChoice.LOCAL)
class SandboxAssertionsTest {

    @Test
    void whatHoldsIsAccepted(Sandbox sandbox) throws InterruptedException {
        SandboxAssertions.assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars()))
                .isOk()
                .hasVerdict(Verdict.Ok.class)
                .ranIn(Isolation.LOCAL)
                .hasNoFindings()
                .hasTrades(Bound.atLeast(3))
                .hasTrades(Bound.between(1, 60))
                .hasMetric(MetricName.FEES, Bound.exactly(0))
                .drawdownBelow(0.5)
                .returnAbove(0);
        SandboxAssertions.assertThat(sandbox.backtest(Kit.EXITS, Kit.bars()))
                .isRejected()
                .hasFinding("jvm-exit");
        SandboxAssertions.assertThat(sandbox.backtest(Kit.DAWDLER, Kit.bars())).printed("thought about it");
    }

    private record Wrong(String name, Consumer<BacktestResultAssert> assertion, List<String> words) {}

    private static Wrong wrong(String name, Consumer<BacktestResultAssert> assertion, String... words) {
        return new Wrong(name, assertion, List.of(words));
    }

    @TestFactory
    Stream<DynamicTest> whatDoesNotHoldIsToldWithTheEvidence(Sandbox sandbox) throws InterruptedException {
        BacktestResult good = sandbox.backtest(Kit.FOLLOWER, Kit.bars());
        BacktestResult thrown = sandbox.backtest(Kit.BOOM, Kit.bars());
        BacktestResult refused = sandbox.backtest(Kit.EXITS, Kit.bars());
        return Stream.concat(
                Stream.concat(
                        dynamic(
                                good,
                                List.of(
                                        wrong(
                                                "rejected",
                                                BacktestResultAssert::isRejected,
                                                "the verdict Rejected",
                                                "OK"),
                                        wrong(
                                                "trades",
                                                it -> it.hasTrades(Bound.atLeast(1000)),
                                                "trades at least 1000, but it is",
                                                "(count)"),
                                        wrong(
                                                "drawdown",
                                                it -> it.drawdownBelow(0),
                                                "maxDrawdown below 0, but it is 0"),
                                        wrong("return", it -> it.returnAbove(1e9), "return above 1000000000, but"),
                                        wrong("finding", it -> it.hasFinding("x"), "a finding of the rule x"),
                                        wrong("printed", it -> it.printed("x"), "the text 'x'"),
                                        wrong(
                                                "docker",
                                                it -> it.ranIn(Isolation.DOCKER),
                                                "the isolation docker, but it is local"))),
                        dynamic(
                                thrown,
                                List.of(
                                        wrong(
                                                "ok",
                                                BacktestResultAssert::isOk,
                                                "expected of boom: the verdict Ok",
                                                "it ended with RUNTIME_ERROR",
                                                "java.lang.IllegalStateException: enough at Boom.onBar(Boom.java:",
                                                "ran in: local"),
                                        wrong(
                                                "metric",
                                                it -> it.hasTrades(Bound.atLeast(1)),
                                                "trades at least 1, but there are no figures")))),
                dynamic(
                        refused,
                        List.of(
                                wrong(
                                        "ok",
                                        BacktestResultAssert::isOk,
                                        "it ended with REJECTED",
                                        "findings:",
                                        "exits/Exits.java:7: jvm-exit: "),
                                wrong("findings", BacktestResultAssert::hasNoFindings, "no findings"),
                                wrong(
                                        "ran",
                                        it -> it.ranIn(Isolation.LOCAL),
                                        "the isolation local, but it is none: it did not run"))));
    }

    private static Stream<DynamicTest> dynamic(BacktestResult result, List<Wrong> wrongs) {
        return wrongs.stream()
                .map(wrong -> DynamicTest.dynamicTest(
                        result.name() + " " + wrong.name(),
                        () -> assertThatThrownBy(() -> wrong.assertion().accept(SandboxAssertions.assertThat(result)))
                                .isInstanceOf(AssertionError.class)
                                .hasMessageContainingAll(wrong.words().toArray(CharSequence[]::new))));
    }

    @Test
    void whatAStrategyPrintsReachesNoTerminal(Sandbox sandbox, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("strategy.yaml"), "name: painter\n");
        Files.writeString(folder.resolve("Painter.java"), """
                public class Painter implements io.strategysandbox.api.TradingStrategy {
                    public double onBar(org.ta4j.core.BarSeries history) {
                        System.out.println((char) 27 + "[2Jnothing to see here");
                        return 7;
                    }
                }
                """);
        BacktestResult result = sandbox.backtest(folder, Kit.bars());

        assertThatThrownBy(() -> SandboxAssertions.assertThat(result).isOk())
                .hasMessageContainingAll("it ended with RUNTIME_ERROR", "[2Jnothing to see here")
                .hasMessageNotContaining("\u001B");
    }

    @Test
    void overheadIsMeasured(Sandbox sandbox) throws Exception {
        Overhead overhead = SandboxAssertions.assertOverhead(sandbox, Kit.FOLLOWER, Kit.bars(), 1000);

        assertThat(overhead.rounds()).isBetween(Overhead.LEAST_ROUNDS, 21);
        assertThat(overhead.unsandboxedMedianMs()).isGreaterThan(20);
        assertThat(overhead.low()).isLessThanOrEqualTo(overhead.fraction());
        assertThat(overhead.high()).isGreaterThanOrEqualTo(overhead.fraction());
    }

    @ParameterizedTest
    @CsvSource({"atLeast", "atMost", "exactly", "above", "below"})
    void aFigureThatDoesNotExistMeetsNoBound(String name) throws ReflectiveOperationException {
        Bound bound = (Bound) Bound.class.getMethod(name, double.class).invoke(null, 1.0);

        assertThat(bound.isMetBy(Double.NaN)).isFalse();
    }
}
