package io.strategysandbox.core.report;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.verdict.Verdict.Ok;
import io.strategysandbox.core.verdict.Verdict.Rejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a build's log shows of a run. What a strategy chose, such as its name, cannot steer the terminal. */
public final class ConsoleTable {

    private static final int NAME_WIDTH = 28;
    private static final int LINE_WIDTH = 240;
    private static final int NAMED_FAILURES = 5;
    private static final String VERDICT = " %-22s";
    private static final String FIGURES = " %9s %8s %9s %7s %8s";

    private ConsoleTable() {}

    /**
     * One line for each strategy, between a heading and a summary.
     *
     * @param report the result of a run
     * @param most the most lines there may be, at least 4; if there are more, those that are not OK come first, then the
     *     best by return, and one line says how many are not shown
     * @return the lines, without line ends
     */
    public static List<String> of(RunReport report, int most) {
        List<String> lines = new ArrayList<>();
        lines.add(PrintableText.padded("strategy", NAME_WIDTH)
                + String.format(Locale.ROOT, VERDICT, "verdict")
                + String.format(Locale.ROOT, FIGURES, "return", "Sharpe", "drawdown", "trades", "time"));
        List<String> end = new ArrayList<>();
        if (!report.notStarted().isEmpty()) {
            end.add(line("halted; not started: " + String.join(", ", report.notStarted())));
        }
        end.add(ok(report.strategies()) + " of " + report.strategies().size() + " OK, isolation: "
                + report.run().backend());
        int rows = most - lines.size() - end.size();
        if (report.strategies().size() <= rows) {
            report.strategies().forEach(result -> lines.add(row(result)));
        } else {
            List<BacktestResult> ranked =
                    report.strategies().stream().sorted(worthSeeing()).toList();
            int shown = Math.max(0, rows - 1);
            ranked.subList(0, shown).forEach(result -> lines.add(row(result)));
            List<BacktestResult> hidden = ranked.subList(shown, ranked.size());
            lines.add("… and " + hidden.size() + " more, " + ok(hidden) + " of them OK");
        }
        lines.addAll(end);
        return lines;
    }

    /**
     * Which strategies are not OK, and where to look.
     *
     * @param report the result of a run in which not every strategy is OK
     * @return one line that names the first few with verdict, place and bundle
     */
    public static String failures(RunReport report) {
        List<String> failed = report.strategies().stream()
                .filter(result -> !isOk(result))
                .map(result -> PrintableText.line(
                        result.name() + " ("
                                + result.verdict().id()
                                + Place.of(result).map(place -> " at " + place).orElse("")
                                + result.bundle()
                                        .map(bundle -> ", see " + bundle)
                                        .orElse("") + ")",
                        LINE_WIDTH))
                .toList();
        return failed.size() + " of " + report.strategies().size() + " strategies not OK: " + firstFew(failed);
    }

    /**
     * Which strategies ran although a finding refuses them, as validation {@code report} lets them.
     *
     * @param report the result of a run
     * @return one line that names the first few with the place of the first such finding; empty if there are none
     */
    public static Optional<String> ranAllTheSame(RunReport report) {
        List<String> ran = report.strategies().stream()
                .filter(result -> !(result.verdict() instanceof Rejected)
                        && !result.evidence().leaseId().isEmpty())
                .flatMap(result ->
                        result.findings().stream()
                                .filter(finding -> finding.severity() == Finding.Severity.DENY)
                                .findFirst()
                                .stream()
                                .map(finding -> PrintableText.line(
                                        result.name() + " ("
                                                + Place.line(
                                                        Place.file(result.directory(), finding.path()), finding.line())
                                                + ")",
                                        LINE_WIDTH)))
                .toList();
        return ran.isEmpty()
                ? Optional.empty()
                : Optional.of(ran.size() + " of " + report.strategies().size()
                        + " strategies ran although validation refuses them: " + firstFew(ran));
    }

    /**
     * Which strategies or files were refused, and where to look.
     *
     * @param entries what validation says, at least one refused
     * @param things what the entries are called, in the plural
     * @return one line that names the first few with the place of the first refusal
     */
    public static String refusals(List<ValidationEntry> entries, String things) {
        List<String> refused = entries.stream()
                .flatMap(entry -> entry.report().findings().stream()
                        .filter(finding -> finding.severity() == Finding.Severity.DENY)
                        .findFirst()
                        .stream()
                        .map(finding ->
                                PrintableText.line(entry.name() + " (" + place(entry, finding) + ")", LINE_WIDTH)))
                .toList();
        return refused.size() + " of " + entries.size() + " " + things + " refused: " + firstFew(refused);
    }

    /**
     * Findings, one line for each place and rule: the layers often see the same thing.
     *
     * @param entries what validation says
     * @param severity which findings
     * @return the lines, without line ends
     */
    public static List<String> findings(List<ValidationEntry> entries, Finding.Severity severity) {
        List<String> lines = new ArrayList<>();
        for (ValidationEntry entry : entries) {
            Set<String> seen = new LinkedHashSet<>();
            for (Finding finding : entry.report().findings()) {
                if (finding.severity() == severity && seen.add(place(entry, finding) + ": " + finding.rule())) {
                    lines.add(line(place(entry, finding) + ": " + finding.rule() + ": " + finding.message()));
                }
            }
        }
        return lines;
    }

    /**
     * Text that came from a strategy, safe to show and of limited length.
     *
     * @param text any text
     * @return one line of at most 240 columns
     */
    public static String line(String text) {
        return PrintableText.line(text, LINE_WIDTH);
    }

    private static String firstFew(List<String> named) {
        String few = named.stream().limit(NAMED_FAILURES).collect(Collectors.joining(", "));
        return named.size() > NAMED_FAILURES ? few + ", … and " + (named.size() - NAMED_FAILURES) + " more" : few;
    }

    private static String place(ValidationEntry entry, Finding finding) {
        return Place.line(Place.file(entry.directory(), finding.path()), finding.line());
    }

    private static boolean isOk(BacktestResult result) {
        return result.verdict() instanceof Ok;
    }

    private static long ok(List<BacktestResult> results) {
        return results.stream().filter(ConsoleTable::isOk).count();
    }

    private static Comparator<BacktestResult> worthSeeing() {
        return Comparator.comparing(ConsoleTable::isOk).thenComparingDouble(result -> -value(result, "return"));
    }

    private static String row(BacktestResult result) {
        String start = PrintableText.padded(result.name(), NAME_WIDTH)
                + String.format(Locale.ROOT, VERDICT, result.verdict().id());
        if (!isOk(result)) {
            return start + " " + PrintableText.line(result.verdict().summary(), LINE_WIDTH - start.length() - 1);
        }
        return start
                + String.format(
                        Locale.ROOT,
                        FIGURES,
                        percent(value(result, "return")),
                        decimal(value(result, "sharpe")),
                        percent(value(result, "maxDrawdown")),
                        count(value(result, "trades")),
                        String.format(Locale.ROOT, "%.1f s", result.timings().totalMs() / 1000.0));
    }

    private static double value(BacktestResult result, String metric) {
        return result.metrics().map(metrics -> metrics.value(metric)).orElse(Double.NaN);
    }

    private static String percent(double value) {
        return figure(100 * value, 999, "%.2f %%", "%.0e %%");
    }

    private static String decimal(double value) {
        return figure(value, 9_999, "%.2f", "%.1e");
    }

    // A Sharpe ratio over next to no volatility is of no use, but has many digits.
    private static String figure(double value, double usual, String format, String formatOfLarge) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, Math.abs(value) < usual ? format : formatOfLarge, value);
    }

    private static String count(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.0f", value);
    }
}
