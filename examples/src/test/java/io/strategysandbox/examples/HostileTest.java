package io.strategysandbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.validation.Category;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Resources;
import io.strategysandbox.examples.ReadmeTable.Row;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile strategy is refused, by the rule that its README names, and none ever runs. */
class HostileTest {

    /**
     * Not for disguises: two are warnings, one is for what has no name, one is not given to any finding, and an annotation
     * that could do harm does not compile.
     */
    private static final Set<Category> NO_EXAMPLE = EnumSet.of(
            Category.NONDETERMINISM, Category.LOOKAHEAD, Category.OTHER, Category.IDENTITY, Category.ANNOTATION);

    @TempDir
    static Path output;

    static RunReport report;

    @BeforeAll
    static void run() throws Exception {
        report = Examples.run(
                Examples.enforcing(ConfigLoader.defaults()), "hostile", Optional.of(Examples.DATA), output);
    }

    static List<Row> rows() {
        return ReadmeTable.of("hostile", "directory");
    }

    @Test
    void theReadmeListsAllOfThem() {
        assertThat(rows())
                .extracting(row -> row.cell("directory"))
                .containsExactlyInAnyOrderElementsOf(report.strategies().stream()
                        .map(BacktestResult::directory)
                        .toList());
    }

    @Test
    void thereIsOneForEachKindOfDanger() {
        assertThat(rows())
                .extracting(row -> row.cell("category"))
                .containsAll(Arrays.stream(Category.values())
                        .filter(category -> !NO_EXAMPLE.contains(category))
                        .map(Category::id)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isRefusedByTheRuleThatTheReadmeNamesAndDoesNotRun(Row row) {
        BacktestResult result = Examples.result(report, row.cell("directory"));

        assertThat(result.verdict().id()).as("%s", row).isEqualTo("REJECTED");
        assertThat(result.findings()).as("%s", row).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(row.cell("rule"));
            assertThat(finding.category().id()).isEqualTo(row.cell("category"));
            assertThat(finding.severity()).isEqualTo(Severity.DENY);
            assertThat(finding.path()).endsWith(".java");
        });
        assertThat(result.isolation()).as("it got no runner").isEmpty();
        assertThat(result.timings().leaseMs() + result.timings().runMs()).isZero();
        assertThat(result.evidence()).isEqualTo(Evidence.NONE);
        assertThat(result.resources()).isEqualTo(Resources.NONE);
        assertThat(result.trades()).isEmpty();
    }
}
