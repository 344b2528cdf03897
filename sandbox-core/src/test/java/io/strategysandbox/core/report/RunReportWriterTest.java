package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strategysandbox.core.backtest.BacktestResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportWriterTest {

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
