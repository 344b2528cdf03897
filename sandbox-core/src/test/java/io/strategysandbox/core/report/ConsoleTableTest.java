package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.validation.ValidationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsoleTableTest {

    private static final int ALL = Integer.MAX_VALUE;

    @Test
    void aSmallRunIsShownWhole() {
        RunReport report = SampleResults.report(
                SampleResults.ok("sma-crossover", 0.0678),
                SampleResults.ended("reads-file", SampleResults.rejected("reads a file")));

        assertThat(ConsoleTable.of(report, ALL))
                .containsExactly(
                        "strategy                     verdict                   return   Sharpe  drawdown  trades     time",
                        "sma-crossover                OK                        6.78 %     1.25   12.50 %       3    1.2 s",
                        "reads-file                   REJECTED               A.java:3: reads a file",
                        "1 of 2 OK, isolation: docker");
        assertThat(ConsoleTable.of(report, 4)).isEqualTo(ConsoleTable.of(report, ALL));
    }

    @Test
    void aLargeRunShowsWhatIsNotOkThenTheBestAndCountsTheRest() {
        List<BacktestResult> results = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> results.add(SampleResults.ok("s" + i, i / 100.0)));
        results.set(7, SampleResults.ok("undefined", Double.NaN));
        results.set(50, SampleResults.ended("late", SampleResults.rejected("no")));
        RunReport report = new RunReport(SampleResults.run(), results, List.of());

        List<String> lines = ConsoleTable.of(report, 7);

        assertThat(lines).hasSize(7);
        assertThat(lines.subList(1, 5))
                .extracting(line -> line.split(" +", 2)[0])
                .containsExactly("late", "s99", "s98", "s97");
        assertThat(lines.get(5)).isEqualTo("… and 96 more, 96 of them OK");
        assertThat(lines.get(6)).isEqualTo("99 of 100 OK, isolation: docker");
        assertThat(ConsoleTable.of(report, ALL)).hasSize(102);
    }

    @Test
    void whatRanAlthoughItIsRefusedIsNamed() {
        RunReport report = SampleResults.report(
                SampleResults.okInSpiteOf("reads", SampleResults.finding("A.java", 3, "reads a file")),
                SampleResults.okInSpiteOf(
                        "odd", SampleResults.finding("B.java", 4, "odd", Severity.WARN, Layer.BYTECODE)),
                SampleResults.ended("refused", SampleResults.rejected("reads a file")));

        assertThat(ConsoleTable.ranAllTheSame(report))
                .hasValue("1 of 3 strategies ran although validation refuses them: reads (reads/A.java:3)");
        assertThat(ConsoleTable.ranAllTheSame(SampleResults.report(SampleResults.ok("fine", 0.1))))
                .isEmpty();
    }

    @Test
    void aHaltedRunNamesWhatWasNotStartedWithinTheSameNumberOfLines() {
        List<BacktestResult> results = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> results.add(SampleResults.ok("s" + i, i)));

        List<String> lines = ConsoleTable.of(new RunReport(SampleResults.run(), results, List.of("b", "c")), 8);

        assertThat(lines).hasSize(8).contains("halted; not started: b, c");
    }

    @Test
    void failuresAreNamedWithVerdictAndPlace() {
        List<BacktestResult> results = new ArrayList<>();
        SampleResults.verdicts("why")
                .forEach(verdict -> results.add(SampleResults.ended("s" + results.size(), verdict)));

        assertThat(ConsoleTable.failures(new RunReport(SampleResults.run(), results, List.of())))
                .isEqualTo("10 of 11 strategies not OK: s1 (EXPECTATION_FAILED), s2 (REJECTED at s2/A.java:3),"
                        + " s3 (COMPILE_ERROR at s3/A.java:4), s4 (RUNTIME_ERROR at s4/A.java:12),"
                        + " s5 (TIME_LIMIT_EXCEEDED), … and 5 more");
    }

    @Test
    void findingsAreSaidOnceForEachPlaceAndRule() {
        ValidationReport seenTwice = new ValidationReport(List.of(
                SampleResults.finding("A.java", 3, "reads a file", Severity.DENY, Layer.AST),
                SampleResults.finding("A.java", 3, "reads a file, says the class", Severity.DENY, Layer.BYTECODE),
                SampleResults.finding("A.java", 8, "odd", Severity.WARN, Layer.AST)));
        List<ValidationEntry> entries = List.of(
                new ValidationEntry("bad", "group/bad", List.of(), seenTwice),
                new ValidationEntry("good", "good", List.of(), ValidationReport.CLEAN));

        assertThat(ConsoleTable.findings(entries, Severity.DENY))
                .containsExactly("group/bad/A.java:3: file-read: reads a file");
        assertThat(ConsoleTable.findings(entries, Severity.WARN)).containsExactly("group/bad/A.java:8: file-read: odd");
        assertThat(ConsoleTable.refusals(entries, "strategies"))
                .isEqualTo("1 of 2 strategies refused: bad (group/bad/A.java:3)");
    }

    @Test
    void nothingThatAStrategyChoseReachesTheTerminalRaw() {
        BacktestResult nasty = SampleResults.ended(SampleResults.NASTY, SampleResults.rejected(SampleResults.NASTY));
        RunReport report = new RunReport(SampleResults.run(), List.of(nasty), List.of(SampleResults.NASTY));
        ValidationEntry entry = new ValidationEntry(
                SampleResults.NASTY,
                SampleResults.NASTY,
                List.of(),
                new ValidationReport(List.of(SampleResults.finding(SampleResults.NASTY, 1, SampleResults.NASTY))));
        List<String> lines = new ArrayList<>(ConsoleTable.of(report, ALL));
        lines.add(ConsoleTable.failures(report));
        lines.add(ConsoleTable.refusals(List.of(entry), "strategies"));
        lines.addAll(ConsoleTable.findings(List.of(entry), Severity.DENY));

        assertThat(lines).hasSize(7).allSatisfy(line -> {
            assertThat(line.codePoints().filter(PrintableText::invisible)).isEmpty();
            assertThat(line).doesNotContain("\u2028");
        });
        assertThat(lines.get(1)).startsWith("a?b?[31mred?0m?txt");
    }

    @Test
    void lengthIsLimitedWhateverTheTextIs() {
        for (String text : List.of("x".repeat(100_000), "\u0301".repeat(100_000), "\u65e5".repeat(100_000))) {
            String row = ConsoleTable.of(
                            SampleResults.report(SampleResults.ended(text, SampleResults.rejected(text))), ALL)
                    .get(1);
            assertThat(row.length()).isLessThanOrEqualTo(300);
            assertThat(row).endsWith("…");
        }
    }

    /** Build servers obey such words wherever they stand in a line of the log. */
    @Test
    void noNameCommandsABuildServer() {
        for (String text : List.of("##vso[task.x]", "a##[add-mask]e", "##\u200b#[x", "::error::x", "####[x")) {
            List<String> rows =
                    ConsoleTable.of(SampleResults.report(SampleResults.ended(text, SampleResults.rejected(text))), ALL);
            assertThat(rows)
                    .allSatisfy(row -> assertThat(row).doesNotContain("##").doesNotStartWith("::"));
        }
    }

    @Test
    void columnsStayInLineForWideCharactersAndMarks() {
        List<String> names =
                List.of("plain", "\u65e5\u672c\u8a9e", "e\u0301te\u0301", "\ud83d\ude80 rocket", "\u65e5".repeat(40));
        for (String name : names) {
            String row = ConsoleTable.of(SampleResults.report(SampleResults.ok(name, 0.1)), ALL)
                    .get(1);
            String cell = row.substring(0, row.indexOf(" OK"));
            assertThat(displayWidth(cell)).as(name).isEqualTo(28);
        }
    }

    @Test
    void columnsStayInLineForAbsurdFigures() {
        for (double figure :
                new double[] {-425_422_371.69, 9.98999, -9.98999, 99.9999, 1e300, -1e300, Double.POSITIVE_INFINITY}) {
            String row = ConsoleTable.of(SampleResults.report(SampleResults.ok("absurd", figure)), ALL)
                    .get(1);
            assertThat(row).hasSize(97);
        }
    }

    private static int displayWidth(String text) {
        return text.codePoints()
                .map(c -> c == 0x301 ? 0 : c > 0x2E80 && Character.getType(c) != Character.NON_SPACING_MARK ? 2 : 1)
                .sum();
    }
}
