package io.strategysandbox.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.examples.ReadmeTable.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every misbehaving strategy ends with the verdict that its README names, for the reason it names. */
class MisbehavingTest {

    private static final boolean IN_CONTAINERS = Examples.backend() == BackendChoice.DOCKER;

    @TempDir
    static Path output;

    static RunReport report;

    @BeforeAll
    static void run() throws Exception {
        SandboxConfig config = ConfigLoader.load(Examples.ROOT.resolve("misbehaving/config"));
        ValidationMode validation = IN_CONTAINERS ? ValidationMode.REPORT : ValidationMode.ENFORCE;
        report = Examples.run(
                Examples.with(config, Examples.backend(), validation),
                "misbehaving",
                Optional.of(Examples.DATA),
                output);
    }

    static List<Row> rows() {
        return ReadmeTable.of("misbehaving", "directory");
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
    void endsAsTheReadmeSays(Row row) {
        BacktestResult result = Examples.result(report, row.cell("directory"));
        assumeTrue(
                IN_CONTAINERS || row.cell("validation").equals("enforce"),
                "validation 'report' runs code in a container only, and there is none");

        assertThat(result.verdict().id())
                .as("%s: %s", row, result.verdict().summary())
                .isEqualTo(row.cell("verdict"));
        assertThat(result.verdict().summary() + "\n" + result.evidence().outputHead())
                .contains(row.cell("the result says"));
        assertThat(result.metrics().isPresent()).isEqualTo(result.verdict().completed());
        assertThat(result.evidence().deadlineExceeded())
                .isEqualTo(row.cell("verdict").equals("TIME_LIMIT_EXCEEDED"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isAcceptedOrRefusedByTheValidatorAsTheReadmeSays(Row row) {
        boolean refused = Examples.result(report, row.cell("directory")).findings().stream()
                .anyMatch(finding -> finding.severity() == Severity.DENY && finding.layer() != Layer.COMPILE);

        assertThat(row.cell("validation")).as("%s", row).isEqualTo(refused ? "report" : "enforce");
    }

    @Test
    void aBurglarFindsEveryDoorOfTheContainerClosed() {
        assumeTrue(IN_CONTAINERS, "there is no container");

        assertThat(Examples.result(report, "finds-nothing").evidence().outputHead())
                .hasLineCount(5)
                .doesNotContain("open");
    }
}
