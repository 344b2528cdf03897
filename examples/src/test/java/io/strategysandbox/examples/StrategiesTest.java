package io.strategysandbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.Manifest;
import io.strategysandbox.core.strategy.StrategyDirectory;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.examples.ReadmeTable.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy that the README lists does what its manifest promises, and does it again. */
class StrategiesTest {

    @TempDir
    static Path output;

    static RunReport report;
    static RunReport inLockstep;

    @BeforeAll
    static void runTwice() throws Exception {
        SandboxConfig config = Examples.enforcing(ConfigLoader.defaults());
        Optional<Path> data = Optional.of(Examples.DATA);
        report = Examples.run(config, "strategies", data, output.resolve("first"));
        inLockstep = Examples.run(Examples.lockstep(config), "strategies", data, output.resolve("second"));
    }

    static List<Row> rows() {
        return ReadmeTable.of(".", "strategy");
    }

    @Test
    void theReadmeListsAllOfThem() {
        assertThat(rows())
                .extracting(row -> row.cell("strategy"))
                .containsExactlyInAnyOrderElementsOf(
                        report.strategies().stream().map(BacktestResult::name).toList());
        assertThat(rows()).extracting(row -> row.cell("bars")).contains("daily", "hourly");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void tradesAndMeetsItsOwnExpectations(Row row) {
        BacktestResult result = Examples.result(report, row.cell("strategy"));

        assertThat(result.verdict().id())
                .as("%s: %s", row, result.verdict().summary())
                .isEqualTo("OK");
        assertThat(result.findings()).isEmpty();
        assertThat(result.trades()).isNotEmpty();
        assertThat(strategy(row).manifest().expectations())
                .extracting(Manifest.Expectation::metric)
                .as("it must expect trades, and something beside")
                .contains("trades")
                .hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anotherRunWithoutTheFutureInTheSandboxGivesTheSame(Row row) {
        BacktestResult first = Examples.result(report, row.cell("strategy"));
        BacktestResult second = Examples.result(inLockstep, row.cell("strategy"));

        assertThat(second.verdict()).isEqualTo(first.verdict());
        assertThat(second.trades()).isEqualTo(first.trades());
        assertThat(second.metrics()).isPresent().isEqualTo(first.metrics());
        assertThat(second.evidence().decisions()).isEqualTo(first.evidence().decisions());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isOfTheFormAndOnTheBarsThatTheReadmeSays(Row row) {
        StrategyDirectory strategy = strategy(row);
        boolean rules = strategy.sources().stream()
                .map(source -> new String(source.bytes(), StandardCharsets.UTF_8))
                .anyMatch(text -> text.contains("public static Strategy buildStrategy("));
        boolean trades = strategy.manifest().data().orElseThrow().barPeriod().isPresent();

        assertThat(row.cell("form")).isEqualTo(rules ? "ta4j" : "TradingStrategy");
        assertThat(row.cell("bars")).isEqualTo(trades ? "hourly" : "daily");
    }

    private static StrategyDirectory strategy(Row row) {
        Path directory = Examples.ROOT.resolve("strategies").resolve(row.cell("strategy"));
        Candidate candidate = StrategyDiscovery.read(directory);
        assertThat(candidate).isInstanceOf(Candidate.Loaded.class);
        return ((Candidate.Loaded) candidate).strategy();
    }
}
