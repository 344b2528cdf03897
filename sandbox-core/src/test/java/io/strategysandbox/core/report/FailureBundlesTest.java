package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backend.ResourceUsage;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.BacktestResult.Timings;
import io.strategysandbox.core.monitor.RunnerTrace;
import io.strategysandbox.core.monitor.RunnerTrace.Event;
import io.strategysandbox.core.monitor.RunnerTrace.What;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Resources;
import io.strategysandbox.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureBundlesTest {

    @TempDir
    Path root;

    @Test
    void ofARunnerThatWasKilledEverythingIsKept() throws IOException {
        BacktestResult kept =
                bundles("slow").keep(0, killed("slow", Optional.of("{\"Id\":\"c1\",\"State\":{\"Pid\":7}}")));

        assertThat(kept.bundle()).contains("failures/slow");
        assertThat(files("failures/slow"))
                .containsExactly(
                        "inspect.json", "phases.json", "stats.json", "stderr.txt", "stdout.txt", "verdict.json");
        JsonNode verdict = json("failures/slow/verdict.json");
        assertThat(verdict.get("verdict").asText()).isEqualTo("TIME_LIMIT_EXCEEDED");
        assertThat(verdict.get("bundle").asText()).isEqualTo("failures/slow");
        assertThat(verdict.get("evidence").get("deadlineExceeded").asBoolean()).isTrue();
        assertThat(json("failures/slow/inspect.json").get("State").get("Pid").asInt())
                .isEqualTo(7);
        assertThat(root.resolve("failures/slow/stdout.txt")).hasContent("begin\n[5 bytes were not kept here]\nend");
        assertThat(root.resolve("failures/slow/stderr.txt")).hasContent("oh\n");
        JsonNode stats = json("failures/slow/stats.json");
        assertThat(stats.get("peakMemoryBytes").asLong()).isEqualTo(5_000);
        assertThat(stats.get("cpuMs").asLong()).isEqualTo(400);
        assertThat(stats.get("peakProcessors").asDouble()).isEqualTo(0.5);
        assertThat(stats.get("processLimitHit").asBoolean()).isTrue();
        assertThat(stats.get("oomKilled").asBoolean()).isTrue();
        assertThat(stats.get("exitCode").asInt()).isEqualTo(137);
        assertThat(stats.get("outputDroppedBytes").asInt()).isEqualTo(5);
        assertThat(stats.get("limits").get("memoryBytes").asText()).isEqualTo("2147483648");
        JsonNode phases = json("failures/slow/phases.json");
        assertThat(phases.get("timings").get("runMs").asInt()).isEqualTo(4);
        assertThat(phases.get("runner").get(1).get("what").asText()).isEqualTo("killed");
        assertThat(phases.get("runner").get(1).get("at").asText()).isEqualTo("2026-01-01T00:00:02Z");
        assertThat(phases.get("runner").get(1).get("sinceRequestMs").asInt()).isEqualTo(2_000);
    }

    @Test
    void ofAStrategyThatNeverRanOnlyWhatExistsIsKept() throws IOException {
        bundles("bad").keep(0, SampleResults.ended("bad", SampleResults.rejected("no")));

        assertThat(files("failures/bad")).containsExactly("phases.json", "verdict.json");
        assertThat(json("failures/bad/verdict.json")
                        .get("findings")
                        .get(0)
                        .get("message")
                        .asText())
                .isEqualTo("no");
    }

    @Test
    void aBackendThatSaysNothingOfARunnerLeavesNoInspection() throws IOException {
        bundles("slow").keep(0, killed("slow", Optional.empty()));

        assertThat(files("failures/slow")).doesNotContain("inspect.json").contains("stats.json", "stdout.txt");
    }

    @Test
    void everyVerdictButOkIsKept() throws IOException {
        List<Verdict> verdicts = SampleResults.verdicts(SampleResults.NASTY);
        List<String> names = verdicts.stream().map(Verdict::id).toList();
        FailureBundles bundles = bundles(names.toArray(String[]::new));
        for (int i = 0; i < names.size(); i++) {
            bundles.keep(i, SampleResults.ended(names.get(i), verdicts.get(i)));
        }
        assertThat(files("failures"))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().filter(name -> !name.equals("OK")).toList());
        for (String name : files("failures")) {
            assertThat(json("failures/" + name + "/verdict.json").get("verdict").asText())
                    .isEqualTo(name);
            assertThat(Files.readString(root.resolve("failures/" + name + "/verdict.json")))
                    .doesNotContain("\u001b", "\u0000", "\u202e", "\u009b");
        }
    }

    @Test
    void aRunBeginsWithoutTheBundlesOfAnEarlierOne() throws IOException {
        bundles("a", "b").keep(0, SampleResults.ended("a", SampleResults.rejected("no")));
        Files.createDirectories(root.resolve("failures/.a.0000.tmp/half"));
        bundles("a", "b");
        assertThat(root.resolve("failures")).doesNotExist();
    }

    @Test
    void whatSomebodyElseKeepsThereIsNotTouched() throws IOException {
        Files.createDirectories(root.resolve("failures/mine"));
        Files.writeString(root.resolve("failures/mine/notes.txt"), "mine");
        Files.writeString(root.resolve("failures/notes.txt"), "mine");
        FailureBundles bundles = bundles("mine");

        assertThatThrownBy(() -> bundles.keep(0, SampleResults.ended("mine", SampleResults.rejected("no"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is in the way");
        assertThat(root.resolve("failures/mine/notes.txt")).hasContent("mine");
        assertThat(root.resolve("failures/notes.txt")).hasContent("mine");
    }

    @Test
    void aLinkIsRemovedAndWhereItLeadsNothingIs() throws IOException {
        Path elsewhere = root.resolve("elsewhere");
        Files.createDirectories(elsewhere.resolve("a"));
        Files.writeString(elsewhere.resolve("a/verdict.json"), "precious");
        Path output = Files.createDirectory(root.resolve("out"));
        Files.createSymbolicLink(output.resolve("failures"), elsewhere);

        FailureBundles bundles = new FailureBundles(output, SampleResults.run(), List.of("a"));
        bundles.keep(0, SampleResults.ended("a", SampleResults.rejected("no")));

        assertThat(elsewhere.resolve("a/verdict.json")).hasContent("precious");
        assertThat(Files.isSymbolicLink(output.resolve("failures"))).isFalse();
        assertThat(output.resolve("failures/a/verdict.json")).exists();
    }

    @Test
    void namesBecomeFoldersThatAreSafeAndDiffer() {
        assertThat(FailureBundles.folders(
                        List.of("sma", "SMA", "..", "a/b", "a b", "", "\u001b[31m", "x".repeat(150), "sma~2", ".h")))
                .containsExactly("sma", "SMA~2", "_.", "a_b", "a_b~2", "_", "__31m", "x".repeat(100), "sma_2", "_h");
    }

    private FailureBundles bundles(String... names) throws IOException {
        return new FailureBundles(root, SampleResults.run(), List.of(names));
    }

    private static BacktestResult killed(String name, Optional<String> inspection) {
        Instant begun = Instant.parse("2026-01-01T00:00:00Z");
        return new BacktestResult(
                name,
                name,
                new Verdict.TimeLimitExceeded(Duration.ofSeconds(2)),
                Optional.of(Isolation.DOCKER),
                List.of(),
                Optional.empty(),
                List.of(),
                new Timings(1, 2, 3, 4, 10),
                new Resources(OptionalLong.of(5_000), OptionalLong.of(400), true, OptionalInt.of(137)),
                new Evidence("lease", "c1", true, false, "ACK", 9, 13, 5, "begin", "end", "oh\n", List.of()),
                Optional.of(new RunnerTrace(
                        inspection,
                        List.of(
                                new Event(What.REQUESTED, begun, 0),
                                new Event(What.KILLED, begun.plusSeconds(2), 2_000_000_000L)),
                        new ResourceUsage(OptionalLong.of(5_000), OptionalLong.of(400), true),
                        OptionalDouble.of(0.5))),
                Optional.empty());
    }

    private List<String> files(String folder) throws IOException {
        try (var listed = Files.list(root.resolve(folder))) {
            return listed.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(root.resolve(file).toFile());
    }
}
