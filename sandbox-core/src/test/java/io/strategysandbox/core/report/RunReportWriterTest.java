package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.Trade;
import io.strategysandbox.core.testing.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportWriterTest {

    private static final int TRADES = 500_000;

    @TempDir
    Path root;

    @Test
    void reportsHoldWhatHasEndedInTheOrderOfDiscoveryAndNameTheRest() throws IOException {
        RunReportWriter writer =
                new RunReportWriter(root, SampleResults.run(), List.of("a", "b", "c"), () -> "figures\n");
        assertThat(unfinished()).containsExactly("a", "b", "c");

        writer.finished(2, SampleResults.ok("c", 0));
        assertThat(unfinished()).containsExactly("a", "b");
        writer.finished(0, SampleResults.ok("a", 0));

        assertThat(results().findValuesAsText("name")).containsExactly("a", "c");
        assertThat(unfinished()).containsExactly("b");
        assertThat(root.resolve(RunReportWriter.JUNIT))
                .content()
                .contains("tests=\"3\" errors=\"0\" skipped=\"1\" failures=\"0\"")
                .containsSubsequence("name=\"a\"", "name=\"c\"", "name=\"b\"", "<skipped");
    }

    @Test
    void theLastWriteHoldsWhatAWholeReportHolds() throws IOException {
        RunReportWriter writer = new RunReportWriter(root, SampleResults.run(), List.of("a", "b"), () -> "figures\n");
        BacktestResult refused = writer.finished(1, SampleResults.ended("b", SampleResults.rejected("no")));
        BacktestResult good = writer.finished(0, SampleResults.ok("a", 0));

        assertThat(refused.bundle()).contains("failures/b");
        assertThat(root.resolve("failures/b/verdict.json")).exists();
        assertThat(good.bundle()).isEmpty();
        RunReport report = SampleResults.report(good, refused);
        assertThat(root.resolve(RunReportWriter.METRICS)).hasContent("figures");
        assertThat(root.resolve(RunReportWriter.RESULTS)).hasBinaryContent(ResultsJson.of(report));
        assertThat(root.resolve(RunReportWriter.JUNIT)).hasBinaryContent(JunitXml.of(report));
    }

    /** Writes the reports of a strategy that traded half a million times. */
    static final class ManyTrades {
        private ManyTrades() {}

        public static void main(String[] arguments) {
            RunReportWriter writer =
                    new RunReportWriter(Path.of(arguments[0]), SampleResults.run(), List.of("a", "b"), () -> "");
            writer.finished(0, traded("a", TRADES));
            writer.finished(1, SampleResults.ok("b", 0));
        }
    }

    private static BacktestResult traded(String name, int trades) {
        BacktestResult one = SampleResults.ok(name, 0);
        Trade trade = one.trades().get(0);
        return new BacktestResult(
                one.name(),
                one.directory(),
                one.verdict(),
                one.isolation(),
                one.findings(),
                one.metrics(),
                Collections.nCopies(trades, trade),
                one.timings(),
                one.resources(),
                one.evidence(),
                one.runner(),
                one.bundle());
    }

    @Test
    void halfAMillionTradesAreWrittenOneAtATime() throws Exception {
        Process process = Jvm.of(Jvm.HOME, List.of("-Xmx48m"), ManyTrades.class).start(root.toString());

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        Path written = root.resolve(RunReportWriter.RESULTS);
        assertThat(Files.size(written)).isGreaterThan(100L << 20);
        int sides = 0;
        try (JsonParser parser = new JsonFactory().createParser(written.toFile())) {
            while (parser.nextToken() != null) {
                sides += parser.currentToken() == JsonToken.FIELD_NAME && "side".equals(parser.currentName()) ? 1 : 0;
            }
        }
        assertThat(sides).isEqualTo(TRADES + 1);
    }

    @Test
    void whatIsLongLooksLikeWhatIsShort() throws IOException {
        for (int trades : new int[] {4_000, 4_001}) {
            RunReportWriter writer = new RunReportWriter(root, SampleResults.run(), List.of("a"), () -> "");
            writer.finished(0, traded("a", trades));

            String text = Files.readString(root.resolve(RunReportWriter.RESULTS));
            assertThat(text.lines().filter(line -> line.startsWith("        {\"side\": ")))
                    .hasSize(trades);
            assertThat(text)
                    .containsPattern("\n      \"trades\": \\[\n        \\{[^}]*},\n")
                    .contains("}\n      ],\n      \"timings\"");
        }
    }

    @Test
    void aPlaceIsTakenOnce() {
        RunReportWriter writer = new RunReportWriter(root, SampleResults.run(), List.of("a"), () -> "figures\n");
        writer.finished(0, SampleResults.ok("a", 0));

        assertThatThrownBy(() -> writer.finished(0, SampleResults.ok("a", 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.finished(1, SampleResults.ok("b", 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOutputFolderThatIsAFileIsNamedWithAFix() throws IOException {
        Path file = Files.writeString(root.resolve("out"), "");

        assertThatThrownBy(() -> new RunReportWriter(file, SampleResults.run(), List.of(), () -> "figures\n"))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageContaining("cannot write " + file.resolve("results.json"))
                .hasMessageContaining("make " + file + " a folder that can be written to");
    }

    private JsonNode results() throws IOException {
        return new ObjectMapper().readTree(root.resolve(RunReportWriter.RESULTS).toFile());
    }

    private List<String> unfinished() throws IOException {
        return new ObjectMapper().convertValue(results().at("/summary/unfinished"), new TypeReference<>() {});
    }
}
