package io.strategysandbox.core.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.BacktestResult.Timings;
import io.strategysandbox.core.backtest.Metrics;
import io.strategysandbox.core.backtest.Trade;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Resources;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run as {@code results.json}. The same report gives the same bytes on every machine, in every time zone and locale.
 * What differs between two runs of the same strategies is in {@code run}, and of a strategy in {@code timings},
 * {@code resources}, {@code evidence.leaseId} and {@code evidence.instance}, nowhere else.
 */
public final class ResultsJson {

    /** The name of the format, and its version. */
    public static final String SCHEMA = "strategy-sandbox/results/1";

    /** Up to how many trades a strategy's text is kept in memory; more take longer to write, again and again. */
    private static final int MOST_TRADES_KEPT = 4_000;

    private ResultsJson() {}

    /**
     * A whole report as JSON.
     *
     * @param report the report
     * @return UTF-8, ending in a line end
     */
    public static byte[] of(RunReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            document(
                            report.run(),
                            report.strategies(),
                            report.notStarted(),
                            report.strategies().stream()
                                    .map(ResultsJson::strategy)
                                    .toList())
                    .writeTo(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("a byte array does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** A part of the document. */
    @FunctionalInterface
    interface Part {
        void appendTo(Appendable text) throws IOException;
    }

    /**
     * A report, perhaps unfinished, of parts made earlier or while it is written.
     *
     * @param run what is said about the run as a whole
     * @param results the results so far
     * @param unfinished the names of the strategies without a result
     * @param strategies {@link #strategy} of each of them
     * @return UTF-8, ending in a line end
     */
    static AtomicFiles.Content document(
            RunInfo run,
            Collection<BacktestResult> results,
            Collection<String> unfinished,
            Collection<Part> strategies) {
        return out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            text.append("{\n  \"schema\": \"").append(SCHEMA);
            text.append("\",\n  \"run\": ").append(JsonText.of(run(run), 2));
            text.append(",\n  \"summary\": ").append(JsonText.of(summary(results, unfinished), 2));
            text.append(",\n  \"strategies\": [");
            String separator = "\n    ";
            for (Part strategy : strategies) {
                text.append(separator);
                strategy.appendTo(text);
                separator = ",\n    ";
            }
            text.append(strategies.isEmpty() ? "" : "\n  ").append("]\n}\n");
            text.flush();
        };
    }

    /**
     * One strategy's part.
     *
     * @param result its result
     * @return JSON, to be put at an indent of four; a short one is kept, a long one made whenever it is written
     */
    static Part strategy(BacktestResult result) {
        if (result.trades().size() > MOST_TRADES_KEPT) {
            return text -> JsonText.append(text, node(result), 4);
        }
        String text = JsonText.of(node(result), 4);
        return out -> out.append(text);
    }

    /** {@return one strategy's part, for {@link JsonText} only: its trades are made when they are written} */
    static ObjectNode node(BacktestResult result) {
        ObjectNode node = JsonText.NODES
                .objectNode()
                .put("name", result.name())
                .put("directory", result.directory())
                .put("verdict", result.verdict().id())
                .put("summary", PrintableText.bounded(result.verdict().summary()))
                .put("isolation", result.isolation().map(Isolation::id).orElse(null))
                .put("bundle", result.bundle().orElse(null));
        node.set("detail", VerdictJson.detail(result.verdict()));
        node.set("findings", FindingJson.withPath(result.findings()));
        node.set("metrics", metrics(result.metrics()));
        node.set(
                "conventions",
                JsonText.object(result.metrics().map(Metrics::conventions).orElse(Map.of())));
        node.set("trades", trades(result.trades()));
        node.set("timings", timings(result.timings()));
        node.set("resources", resources(result.resources()));
        node.set("evidence", evidence(result.evidence()));
        return node;
    }

    private static ObjectNode run(RunInfo run) {
        ObjectNode node = JsonText.NODES
                .objectNode()
                .put("id", run.id())
                .put("backend", run.backend())
                .put("image", run.image().orElse(null));
        node.set("limits", JsonText.object(run.limits()));
        ArrayNode notEnforced = node.putArray("notEnforced");
        run.notEnforced().forEach(notEnforced::add);
        node.set("host", JsonText.object(run.host()));
        return node;
    }

    private static ObjectNode summary(Collection<BacktestResult> results, Collection<String> unfinished) {
        Map<String, Integer> counts = new TreeMap<>();
        results.forEach(result -> counts.merge(result.verdict().id(), 1, Integer::sum));
        ObjectNode node = JsonText.NODES
                .objectNode()
                .put("strategies", results.size() + unfinished.size())
                .put("finished", results.size());
        ObjectNode verdicts = node.putObject("verdicts");
        counts.forEach(verdicts::put);
        ArrayNode names = node.putArray("unfinished");
        unfinished.forEach(names::add);
        return node;
    }

    private static ObjectNode metrics(Optional<Metrics> metrics) {
        ObjectNode node = JsonText.NODES.objectNode();
        metrics.ifPresent(some -> some.values().forEach((name, value) -> node.set(name, JsonText.number(value))));
        return node;
    }

    private static JsonNode trades(List<Trade> trades) {
        return JsonText.lazyArray(() -> trades.stream().map(ResultsJson::trade).iterator());
    }

    private static JsonNode trade(Trade trade) {
        ObjectNode node = JsonText.NODES
                .objectNode()
                .put("side", trade.side().name().toLowerCase(Locale.ROOT))
                .put("open", trade.open());
        node.set("quantity", JsonText.number(trade.quantity()));
        node.put("entryBar", trade.entryBar()).put("entryTime", time(trade.entryTimeMillis()));
        node.set("entryPrice", JsonText.number(trade.entryPrice()));
        node.put("exitBar", trade.exitBar()).put("exitTime", time(trade.exitTimeMillis()));
        node.set("exitPrice", JsonText.number(trade.exitPrice()));
        node.set("fees", JsonText.number(trade.fees()));
        node.set("profit", JsonText.number(trade.profit()));
        node.set("return", JsonText.number(trade.returnFraction()));
        return node;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static ObjectNode timings(Timings timings) {
        return JsonText.NODES
                .objectNode()
                .put("validateMs", timings.validateMs())
                .put("compileMs", timings.compileMs())
                .put("leaseMs", timings.leaseMs())
                .put("runMs", timings.runMs())
                .put("totalMs", timings.totalMs());
    }

    private static ObjectNode resources(Resources resources) {
        return JsonText.NODES
                .objectNode()
                .put("peakMemoryBytes", boxed(resources.peakMemoryBytes()))
                .put("cpuMs", boxed(resources.cpuMillis()))
                .put("oomKilled", resources.oomKilled())
                .put("exitCode", boxed(resources.exitCode()));
    }

    private static ObjectNode evidence(Evidence evidence) {
        ObjectNode node = JsonText.NODES
                .objectNode()
                .put("leaseId", evidence.leaseId())
                .put("instance", evidence.instance())
                .put("deadlineExceeded", evidence.deadlineExceeded())
                .put("outputLimitExceeded", evidence.outputLimitExceeded())
                .put("lastFrame", evidence.lastFrame())
                .put("decisions", evidence.decisions())
                .put("outputBytes", evidence.outputBytes())
                .put("outputDroppedBytes", evidence.outputDroppedBytes())
                .put("outputHead", evidence.outputHead())
                .put("outputTail", evidence.outputTail())
                .put("runnerErrors", evidence.runnerErrors());
        ArrayNode notes = node.putArray("notes");
        evidence.notes().forEach(note -> notes.add(PrintableText.bounded(note)));
        return node;
    }

    static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    static @Nullable Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
