package io.strategysandbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.examples.ReadmeTable.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every broken directory is reported with its reason and a fix, and keeps no other from running. */
class BrokenTest {

    @TempDir
    static Path output;

    static RunReport report;

    @BeforeAll
    static void run() throws Exception {
        report = Examples.run(Examples.enforcing(ConfigLoader.defaults()), "broken", Optional.empty(), output);
    }

    static List<Row> rows() {
        return ReadmeTable.of("broken", "directory");
    }

    @Test
    void theReadmeListsAllOfThem() {
        assertThat(rows())
                .extracting(row -> row.cell("directory"))
                .containsExactlyInAnyOrderElementsOf(report.strategies().stream()
                        .map(BacktestResult::directory)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isReportedByNameWithTheFixThatTheReadmeQuotes(Row row) {
        BacktestResult result = Examples.result(report, row.cell("directory"));

        assertThat(row.cell("directory")).startsWith(result.name());
        assertThat(result.verdict().id())
                .as("%s: %s", row, result.verdict().summary())
                .isEqualTo(row.cell("verdict"));
        assertThat(result.verdict().summary()).contains(row.cell("the result says"));
        assertThat(result.findings())
                .extracting(Finding::rule)
                .isEqualTo(row.cell("rule").isEmpty() ? List.of() : List.of(row.cell("rule")));
    }
}
