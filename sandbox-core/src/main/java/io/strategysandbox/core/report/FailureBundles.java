package io.strategysandbox.core.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.host.FileTrees;
import io.strategysandbox.core.monitor.RunnerTrace;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Verdict;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is known about each strategy that is not OK, in a folder of its own below {@code failures}: what the engine said
 * of its container, what it printed, what it used, and when what happened to it. Not thread-safe.
 */
final class FailureBundles {

    /** Where the bundles are, relative to the output folder. */
    static final String FOLDER = "failures";

    /** The file that every bundle has, and by which a folder is known to be one. */
    static final String VERDICT = "verdict.json";

    static final String INSPECT = "inspect.json";
    static final String STATS = "stats.json";
    static final String PHASES = "phases.json";
    static final String STDOUT = "stdout.txt";
    static final String STDERR = "stderr.txt";

    private static final int MOST_CHARACTERS = 100;

    private final Path folder;
    private final Map<String, String> limits;
    private final List<String> folders;

    /**
     * No bundles yet; those of an earlier run are removed.
     *
     * @param output the output folder
     * @param run what is said about the run as a whole
     * @param names the names of the strategies that the run is about
     * @throws IOException if an earlier bundle cannot be removed
     */
    FailureBundles(Path output, RunInfo run, List<String> names) throws IOException {
        this.folder = output.resolve(FOLDER);
        this.limits = run.limits();
        this.folders = folders(names);
        if (Files.isSymbolicLink(folder)) {
            Files.delete(folder);
        }
        if (Files.isDirectory(folder)) {
            removeAll();
        }
    }

    /** Folder names that are safe on every file system and differ, also where upper and lower case do not. */
    static List<String> folders(List<String> names) {
        Set<String> taken = new HashSet<>();
        List<String> folders = new ArrayList<>();
        for (String name : names) {
            String part = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^([^A-Za-z0-9]|$)", "_");
            part = part.substring(0, Math.min(part.length(), MOST_CHARACTERS));
            String candidate = part;
            for (int i = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
                candidate = part + "~" + i;
            }
            folders.add(candidate);
        }
        return folders;
    }

    private void removeAll() throws IOException {
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            children = listed.toList();
        }
        for (Path child : children) {
            if (isBundle(child)) {
                FileTrees.delete(child);
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            if (left.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }

    /** Whether this is ours to delete, finished or not. */
    private static boolean isBundle(Path child) {
        return Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
                && (AtomicFiles.isDraft(child)
                        || Files.isRegularFile(child.resolve(VERDICT), LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Keeps what is known about a strategy, if it is not OK.
     *
     * @param index its place among the names
     * @param result how it ended
     * @return the result, with where its bundle is
     * @throws IOException if the bundle cannot be written
     */
    BacktestResult keep(int index, BacktestResult result) throws IOException {
        if (result.verdict() instanceof Verdict.Ok) {
            return result;
        }
        String name = folders.get(index);
        Path target = folder.resolve(name);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isBundle(target)) {
            throw new IOException(
                    target + " is in the way and was not made here; move it, or choose another output folder");
        }
        BacktestResult kept = result.withBundle(FOLDER + "/" + name);
        AtomicFiles.writeFolder(target, files(kept));
        return kept;
    }

    private Map<String, AtomicFiles.Content> files(BacktestResult result) {
        Map<String, AtomicFiles.Content> files = new LinkedHashMap<>();
        files.put(VERDICT, json(ResultsJson.node(result)));
        files.put(PHASES, json(phases(result)));
        if (result.runner().isPresent()) {
            files.put(STATS, json(stats(result, result.runner().get())));
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

    private ObjectNode stats(BacktestResult result, RunnerTrace runner) {
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
