package io.strategysandbox.core.report;

import io.strategysandbox.core.backtest.BacktestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table at the end of a run, for people. What a strategy chose, such as its name, cannot steer the terminal. */
public final class ConsoleTable {

    private static final int NAME_WIDTH = 28;
    private static final int LINE_WIDTH = 240;
    private static final String ROW = "%-" + NAME_WIDTH + "s %-22s %9s %8s %9s %7s %8s";

    private ConsoleTable() {}

    /**
     * One line for each strategy, and one more for each that is not OK.
     *
     * @param report the result of a run
     * @return the lines, without line ends
     */
    public static List<String> of(RunReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(Locale.ROOT, ROW, "strategy", "verdict", "return", "Sharpe", "drawdown", "trades", "time")
                        .stripTrailing());
        report.strategies().forEach(result -> lines.add(row(result)));
        report.strategies().stream()
                .filter(result -> !result.verdict().id().equals("OK"))
                .map(result -> line(result.name() + ": " + result.verdict().summary()))
                .forEach(lines::add);
        if (!report.notStarted().isEmpty()) {
            lines.add(line("halted; not started: " + String.join(", ", report.notStarted())));
        }
        long ok = report.strategies().stream()
                .filter(result -> result.verdict().id().equals("OK"))
                .count();
        lines.add(ok + " of " + report.strategies().size() + " OK, isolation: "
                + report.run().backend());
        return lines;
    }

    /**
     * Text that came from a strategy, safe to show and of limited length.
     *
     * @param text any text
     * @return one line of at most 240 characters
     */
    public static String line(String text) {
        return PrintableText.line(text, LINE_WIDTH);
    }

    private static String row(BacktestResult result) {
        return String.format(
                Locale.ROOT,
                ROW,
                PrintableText.line(result.name(), NAME_WIDTH),
                result.verdict().id(),
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
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * value);
    }

    private static String decimal(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String count(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.0f", value);
    }
}
