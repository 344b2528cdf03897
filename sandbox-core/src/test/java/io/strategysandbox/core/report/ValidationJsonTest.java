package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.validation.ValidationReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationJsonTest {

    private static final List<ValidationEntry> ENTRIES = List.of(
            new ValidationEntry(
                    "good",
                    "group/good",
                    List.of("B.java", "A.java"),
                    new ValidationReport(
                            List.of(SampleResults.finding("A.java", 2, "odd", Severity.WARN, Layer.BYTECODE)))),
            new ValidationEntry(
                    "bad",
                    "bad",
                    List.of("A.java"),
                    new ValidationReport(List.of(
                            SampleResults.finding("A.java", 9, SampleResults.NASTY),
                            SampleResults.finding("A.java", 3, "reads a file")))),
            new ValidationEntry(
                    "empty",
                    "empty",
                    List.of(),
                    new ValidationReport(List.of(SampleResults.finding("", 0, "is empty")))));

    @Test
    void listsEveryFileOnceWithItsFindingsInTheOrderOfTheirLines() throws IOException {
        JsonNode root = new ObjectMapper().readTree(ValidationJson.of(ENTRIES));

        assertThat(root.path("schema").asText()).isEqualTo("strategy-sandbox/validation/1");
        assertThat(root.path("files"))
                .extracting(file -> file.path("path").asText()
                        + " "
                        + file.path("accepted").asBoolean()
                        + " "
                        + file.path("findings").findValuesAsText("line"))
                .containsExactly(
                        "group/good/A.java true [2]",
                        "group/good/B.java true []",
                        "bad/A.java false [3, 9]",
                        "empty false [0]");
    }

    @Test
    void aFindingHasEveryKeyOfTheContract() throws IOException {
        JsonNode finding =
                new ObjectMapper().readTree(ValidationJson.of(ENTRIES)).at("/files/0/findings/0");

        assertThat(finding.toString())
                .isEqualTo("{\"line\":2,\"column\":5,\"severity\":\"warn\",\"rule\":\"file-read\","
                        + "\"category\":\"file\",\"layer\":\"bytecode\",\"snippet\":\"\",\"message\":\"odd\"}");
    }

    @Test
    void theSummaryCounts() throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(ValidationJson.of(ENTRIES))
                        .path("summary")
                        .toString())
                .isEqualTo("{\"strategies\":3,\"acceptedStrategies\":1,\"files\":4,\"acceptedFiles\":2,\"deny\":3,"
                        + "\"warn\":1,\"categories\":{\"file\":4}}");
    }

    @Test
    void nothingInTheFileSteersATerminalAndTheSameFindingsGiveTheSameBytes() throws IOException {
        byte[] bytes = ValidationJson.of(ENTRIES);

        assertThat(new ObjectMapper()
                        .readTree(bytes)
                        .at("/files/2/findings/1/message")
                        .asText())
                .isEqualTo(SampleResults.NASTY);
        assertThat(new String(bytes, StandardCharsets.UTF_8).codePoints())
                .filteredOn(c -> c != '\n' && PrintableText.invisible(c))
                .isEmpty();
        assertThat(ValidationJson.of(ENTRIES)).isEqualTo(bytes).endsWith('\n');
    }
}
