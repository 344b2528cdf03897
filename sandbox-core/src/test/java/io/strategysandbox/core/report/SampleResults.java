package io.strategysandbox.core.report;

import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.BacktestResult.Timings;
import io.strategysandbox.core.backtest.Metrics;
import io.strategysandbox.core.backtest.Trade;
import io.strategysandbox.core.compilation.CompilerMessage;
import io.strategysandbox.core.validation.Category;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Resources;
import io.strategysandbox.core.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Results for the tests of reports. */
final class SampleResults {

    /** What a terminal, an XML parser or a careless reader would stumble over. */
    static final String NASTY =
            "a\u0000b\u001b[31mred\u009b0m\u202etxt\ufffe\ud800\r\n\"<&>]]>' \u2028 \ud83d\ude80 \u65e5\u672c\u8a9e";

    private SampleResults() {}

    static RunInfo run() {
        Map<String, String> limits = new LinkedHashMap<>();
        limits.put("memoryBytes", "2147483648");
        limits.put("cpus", "0.5");
        return new RunInfo(
                "run-1", "docker", Optional.of("image:1"), limits, Map.of("os", "Linux"), List.of("memory", "pids"));
    }

    static RunReport report(BacktestResult... results) {
        return new RunReport(run(), List.of(results), List.of());
    }

    static BacktestResult ok(String name, double returned) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("return", returned);
        values.put("sharpe", 1.25);
        values.put("maxDrawdown", 0.125);
        values.put("trades", 3.0);
        values.put("winRate", Double.NaN);
        values.put("profitFactor", Double.POSITIVE_INFINITY);
        Trade trade = new Trade(Trade.Side.LONG, 2.5, 1, 0L, 100, 3, 86_400_000L, 110, 0.5, 24.5, 0.098, false);
        return new BacktestResult(
                name,
                name,
                new Verdict.Ok(),
                Optional.of(Isolation.DOCKER),
                List.of(),
                Optional.of(new Metrics(values, Map.of("annualisation", "252 bars a year"))),
                List.of(trade),
                new Timings(1, 2, 3, 4, 1_234),
                new Resources(OptionalLong.of(5), OptionalLong.of(6), false, OptionalInt.of(0)),
                new Evidence("lease", "container", false, false, "DONE", 9, 3, 0, "out", "", "err", List.of("note")),
                Optional.empty(),
                Optional.empty());
    }

    static BacktestResult ended(String name, Verdict verdict) {
        List<Finding> findings = verdict instanceof Verdict.Rejected rejected ? rejected.findings() : List.of();
        return new BacktestResult(
                name,
                name,
                verdict,
                Optional.empty(),
                findings,
                Optional.empty(),
                List.of(),
                new Timings(0, 0, 0, 0, 7),
                Resources.NONE,
                Evidence.NONE,
                Optional.empty(),
                Optional.empty());
    }

    static BacktestResult okInSpiteOf(String name, Finding... findings) {
        BacktestResult ok = ok(name, 0.1);
        return new BacktestResult(
                name,
                name,
                ok.verdict(),
                ok.isolation(),
                List.of(findings),
                ok.metrics(),
                ok.trades(),
                ok.timings(),
                ok.resources(),
                ok.evidence(),
                Optional.empty(),
                Optional.empty());
    }

    static BacktestResult printed(String name, String output, String errors) {
        return with(new Evidence("", "", false, false, "DONE", 1, 1, 0, output, "", errors, List.of()), name);
    }

    static BacktestResult printed(String name, long bytes, long dropped, String head, String tail) {
        return with(new Evidence("", "", false, false, "DONE", 1, bytes, dropped, head, tail, "", List.of()), name);
    }

    private static BacktestResult with(Evidence evidence, String name) {
        BacktestResult ok = ok(name, 0.1);
        return new BacktestResult(
                name,
                name,
                ok.verdict(),
                ok.isolation(),
                ok.findings(),
                ok.metrics(),
                ok.trades(),
                ok.timings(),
                ok.resources(),
                evidence,
                Optional.empty(),
                Optional.empty());
    }

    static Finding finding(String path, int line, String message) {
        return finding(path, line, message, Finding.Severity.DENY, Finding.Layer.AST);
    }

    static Finding finding(String path, int line, String message, Finding.Severity severity, Finding.Layer layer) {
        return new Finding("file-read", Category.FILE, severity, layer, path, line, 5, message);
    }

    static Verdict rejected(String message) {
        return new Verdict.Rejected(List.of(finding("A.java", 3, message)));
    }

    /** One of each verdict, OK first. */
    static List<Verdict> verdicts(String text) {
        return new ArrayList<>(List.of(
                new Verdict.Ok(),
                new Verdict.ExpectationFailed(List.of(text)),
                rejected(text),
                new Verdict.CompileError(List.of(new CompilerMessage("A.java", 4, 2, text))),
                new Verdict.RuntimeError("java.lang.Error", text, List.of("A.f(A.java:12)"), OptionalInt.of(6)),
                new Verdict.TimeLimitExceeded(Duration.ofSeconds(3)),
                new Verdict.MemoryLimitExceeded(text),
                new Verdict.OutputLimitExceeded(64),
                new Verdict.ProcessLimitExceeded(text),
                new Verdict.SecurityViolation(text),
                new Verdict.InternalFailure(text)));
    }
}
