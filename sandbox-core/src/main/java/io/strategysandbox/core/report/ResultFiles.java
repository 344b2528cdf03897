package io.strategysandbox.core.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.monitor.RunnerTrace;
import io.strategysandbox.core.verdict.Evidence;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All that is known about one result, as files: how it ended, what the engine said of its container, and what it printed. */
public final class ResultFiles {

    /** The file that is always there: a strategy's part of {@code results.json}. */
    static final String VERDICT = "verdict.json";

    static final String INSPECT = "inspect.json";
    static final String STATS = "stats.json";
    static final String PHASES = "phases.json";
    static final String STDOUT = "stdout.txt";
    static final String STDERR = "stderr.txt";

    private ResultFiles() {}

    /**
     * Writes a result into a folder.
     *
     * @param folder the folder; made if it is missing, and what it holds is replaced
     * @param result the result
     * @param limits name to value, as text: what the runner was held to
     * @return the files
     * @throws IOException if they cannot be written, with a message that says where, why and what to do
     */
    public static List<Path> write(Path folder, BacktestResult result, Map<String, String> limits) throws IOException {
        Map<String, AtomicFiles.Content> files = of(result, limits);
        AtomicFiles.writeFolder(folder, files);
        return files.keySet().stream().map(folder::resolve).toList();
    }

    /**
     * The files of a result.
     *
     * @param result the result
     * @param limits name to value, as text: what the runner was held to
     * @return file name to content; {@link #VERDICT} is always there
     */
    static Map<String, AtomicFiles.Content> of(BacktestResult result, Map<String, String> limits) {
        Map<String, AtomicFiles.Content> files = new LinkedHashMap<>();
        files.put(VERDICT, json(ResultsJson.node(result)));
        files.put(PHASES, json(phases(result)));
        if (result.runner().isPresent()) {
            files.put(STATS, json(stats(result, result.runner().get(), limits)));
            result.runner().get().inspection().ifPresent(text -> files.put(INSPECT, json(parsed(text))));
        }
        if (!result.evidence().leaseId().isEmpty()) {
            files.put(STDOUT, text(printed(result.evidence())));
            files.put(STDERR, text(result.evidence().runnerErrors()));
        }
        return files;
    }

    private static AtomicFiles.Content json(JsonNode node) {
        return out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            JsonText.append(text, node, 0);
            text.append('\n').flush();
        };
    }

    private static AtomicFiles.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode parsed(String inspection) {
        try {
            return new ObjectMapper().readTree(inspection);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("what a backend says of a runner is no JSON", e);
        }
    }

    private static String printed(Evidence evidence) {
        String gap = evidence.outputDroppedBytes() > 0
                ? "\n[" + evidence.outputDroppedBytes() + " bytes were not kept here]\n"
                : "";
        return evidence.outputHead() + gap + evidence.outputTail();
    }

    private static ObjectNode phases(BacktestResult result) {
        ObjectNode node = JsonText.NODES.objectNode();
        node.set("timings", ResultsJson.timings(result.timings()));
        ArrayNode events = node.putArray("runner");
        result.runner()
                .map(RunnerTrace::events)
                .orElse(List.of())
                .forEach(event -> events.addObject()
                        .put("what", event.what().name().toLowerCase(Locale.ROOT))
                        .put("at", event.at().toString())
                        .put("sinceRequestMs", event.sinceRequestNanos() / 1_000_000));
        return node;
    }

    private static ObjectNode stats(BacktestResult result, RunnerTrace runner, Map<String, String> limits) {
        ObjectNode node = JsonText.NODES.objectNode();
        Optional<Double> processors = runner.peakProcessors().isPresent()
                ? Optional.of(runner.peakProcessors().getAsDouble())
                : Optional.empty();
        node.put("peakMemoryBytes", ResultsJson.boxed(runner.usage().peakMemoryBytes()))
                .put("cpuMs", ResultsJson.boxed(runner.usage().cpuMillis()))
                .put("peakProcessors", processors.orElse(null))
                .put("processLimitHit", runner.usage().processLimitHit())
                .put("oomKilled", result.resources().oomKilled())
                .put("exitCode", ResultsJson.boxed(result.resources().exitCode()))
                .put("outputBytes", result.evidence().outputBytes())
                .put("outputDroppedBytes", result.evidence().outputDroppedBytes())
                .set("limits", JsonText.object(limits));
        return node;
    }
}
