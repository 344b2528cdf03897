package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsJsonTest {

    @Test
    void hasEveryKeyOfTheContractInThisOrder() throws IOException {
        JsonNode root = read(SampleResults.report(
                SampleResults.ok("a", 0.5), SampleResults.ended("b", SampleResults.rejected("no"))));

        assertThat(keys(root)).containsExactly("schema", "run", "summary", "strategies");
        assertThat(root.path("schema").asText()).isEqualTo("strategy-sandbox/results/1");
        assertThat(keys(root.path("run"))).containsExactly("id", "backend", "image", "limits", "notEnforced", "host");
        assertThat(keys(root.at("/run/limits"))).containsExactly("memoryBytes", "cpus");
        assertThat(keys(root.path("summary"))).containsExactly("strategies", "finished", "verdicts", "unfinished");
        assertThat(root.path("strategies")).hasSize(2).allSatisfy(strategy -> {
            assertThat(keys(strategy))
                    .containsExactly(
                            "name",
                            "directory",
                            "verdict",
                            "summary",
                            "isolation",
                            "bundle",
                            "detail",
                            "findings",
                            "metrics",
                            "conventions",
                            "trades",
                            "timings",
                            "resources",
                            "evidence");
            assertThat(keys(strategy.path("timings")))
                    .containsExactly("validateMs", "compileMs", "leaseMs", "runMs", "totalMs");
            assertThat(keys(strategy.path("resources")))
                    .containsExactly("peakMemoryBytes", "cpuMs", "oomKilled", "exitCode");
            assertThat(keys(strategy.path("evidence")))
                    .containsExactly(
                            "leaseId",
                            "instance",
                            "deadlineExceeded",
                            "outputLimitExceeded",
                            "lastFrame",
                            "decisions",
                            "outputBytes",
                            "outputDroppedBytes",
                            "outputHead",
                            "outputTail",
                            "runnerErrors",
                            "notes");
        });
        assertThat(keys(root.at("/strategies/1/findings/0")))
                .containsExactly(
                        "path", "line", "column", "severity", "rule", "category", "layer", "snippet", "message");
        assertThat(keys(root.at("/strategies/0/trades/0")))
                .containsExactly(
                        "side",
                        "open",
                        "quantity",
                        "entryBar",
                        "entryTime",
                        "entryPrice",
                        "exitBar",
                        "exitTime",
                        "exitPrice",
                        "fees",
                        "profit",
                        "return");
        assertThat(root.at("/strategies/0/trades/0/exitTime").asText()).isEqualTo("1970-01-02T00:00:00Z");
    }

    @Test
    void whatHasNoNumberIsNullAndNotMissing() throws IOException {
        JsonNode metrics =
                read(SampleResults.report(SampleResults.ok("a", 0.5))).at("/strategies/0/metrics");

        assertThat(keys(metrics))
                .containsExactly("return", "sharpe", "maxDrawdown", "trades", "winRate", "profitFactor");
        assertThat(metrics.path("return").doubleValue()).isEqualTo(0.5);
        assertThat(metrics.path("winRate").isNull()).isTrue();
        assertThat(metrics.path("profitFactor").isNull()).isTrue();
        JsonNode resources = read(SampleResults.report(SampleResults.ended("a", SampleResults.rejected("no"))))
                .at("/strategies/0/resources");
        assertThat(resources.path("peakMemoryBytes").isNull()).isTrue();
        assertThat(resources.path("exitCode").isNull()).isTrue();
    }

    @Test
    void textSurvivesAndNothingInTheFileSteersATerminal() throws IOException {
        RunReport report = SampleResults.report(
                SampleResults.printed("a", SampleResults.NASTY, SampleResults.NASTY),
                SampleResults.ended("b", SampleResults.rejected(SampleResults.NASTY)));

        byte[] bytes = ResultsJson.of(report);

        JsonNode root = new ObjectMapper().readTree(bytes);
        assertThat(root.at("/strategies/0/evidence/outputHead").asText()).isEqualTo(SampleResults.NASTY);
        assertThat(root.at("/strategies/1/findings/0/message").asText()).isEqualTo(SampleResults.NASTY);
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(text.codePoints().filter(c -> c != '\n' && PrintableText.invisible(c)))
                .isEmpty();
        assertThat(text)
                .contains("\ud83d\ude80 \u65e5\u672c\u8a9e")
                .contains("\\uD800")
                .contains("\\u202E");
    }

    @Test
    void eachVerdictSaysWhatOnlyItKnows() throws IOException {
        List<BacktestResult> results = new ArrayList<>();
        SampleResults.verdicts("why").forEach(verdict -> results.add(SampleResults.ended(verdict.id(), verdict)));

        JsonNode strategies =
                read(new RunReport(SampleResults.run(), results, List.of())).path("strategies");

        assertThat(strategies).hasSize(11);
        for (JsonNode strategy : strategies) {
            List<String> expected = switch (strategy.path("verdict").asText()) {
                case "OK" -> List.of();
                case "EXPECTATION_FAILED" -> List.of("unmet");
                case "REJECTED" -> List.of("refusals", "rules");
                case "COMPILE_ERROR" -> List.of("messages");
                case "RUNTIME_ERROR" -> List.of("exception", "message", "bar", "frames");
                case "TIME_LIMIT_EXCEEDED" -> List.of("limitMs");
                case "OUTPUT_LIMIT_EXCEEDED" -> List.of("limitBytes");
                default -> List.of("what");
            };
            assertThat(keys(strategy.path("detail")))
                    .as(strategy.path("verdict").asText())
                    .isEqualTo(expected);
        }
    }

    @Test
    void hugeTextsAreCutAndSayHowLongTheyWere() throws IOException {
        String huge = "\ud83d\ude80".repeat(500_000);
        for (Verdict verdict : SampleResults.verdicts(huge)) {
            byte[] bytes = ResultsJson.of(SampleResults.report(SampleResults.ended("a", verdict)));
            assertThat(bytes.length).as(verdict.id()).isLessThan(300_000);
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text).as(verdict.id()).doesNotContain("\\uD83D");
            if (text.contains("\ud83d\ude80")) {
                assertThat(text).contains("characters in all)");
            }
        }
    }

    @Test
    void strategiesKeepTheirOrderAndCountsAreSorted() throws IOException {
        RunReport report = new RunReport(
                SampleResults.run(),
                List.of(
                        SampleResults.ended("z", SampleResults.rejected("no")),
                        SampleResults.ok("b", 0),
                        SampleResults.ok("a", 0)),
                List.of("never"));

        JsonNode root = read(report);

        assertThat(root.findValuesAsText("name")).containsExactly("z", "b", "a");
        assertThat(root.path("summary").toString())
                .isEqualTo("{\"strategies\":4,\"finished\":3,\"verdicts\":{\"OK\":2,\"REJECTED\":1},"
                        + "\"unfinished\":[\"never\"]}");
        assertThat(ResultsJson.of(report)).isEqualTo(ResultsJson.of(report)).endsWith('\n');
    }

    private static JsonNode read(RunReport report) throws IOException {
        return new ObjectMapper().readTree(ResultsJson.of(report));
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
