package io.strategysandbox.core.report;

import io.strategysandbox.core.backtest.BacktestResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Keeps the reports of a run up to date while it goes on: whatever happens to the build, they hold every strategy that
 * had ended. Thread-safe.
 */
public final class RunReportWriter {

    /** Where the results are, relative to the output folder. */
    public static final String RESULTS = "results.json";

    /** Where the results are for tools that read Surefire's reports, relative to the output folder. */
    public static final String JUNIT = "junit/TEST-sandbox.xml";

    /** Where the figures about the runners are, in the text format of Prometheus, relative to the output folder. */
    public static final String METRICS = "metrics.prom";

    private final Path output;
    private final RunInfo run;
    private final List<String> names;
    private final Supplier<String> metrics;
    private final FailureBundles bundles;
    private final TreeMap<Integer, Part> parts = new TreeMap<>();

    /**
     * Begins the reports of a run, and replaces those of an earlier one by reports without a strategy; what was kept of
     * its failures is removed.
     *
     * @param output the folder they are written to; made if it is missing
     * @param run what is said about the run as a whole
     * @param names the names of the strategies that the run is about, in the order of their discovery
     * @param metrics the figures about the runners as they are at the time
     * @throws UncheckedIOException if they cannot be written
     */
    public RunReportWriter(Path output, RunInfo run, List<String> names, Supplier<String> metrics) {
        this.output = output;
        this.run = run;
        this.names = List.copyOf(names);
        this.metrics = metrics;
        synchronized (this) {
            try {
                bundles = new FailureBundles(output, run, names);
            } catch (IOException e) {
                throw unwritten(e);
            }
            write();
        }
    }

    /**
     * Adds a strategy that ended, and writes the reports.
     *
     * @param index its place in the report, from 0, in the order of discovery; not yet taken
     * @param result how it ended
     * @return the result, with where what is known about its failure was kept
     * @throws UncheckedIOException if they cannot be written; the strategy is in the next that can
     */
    public synchronized BacktestResult finished(int index, BacktestResult result) {
        if (index < 0 || index >= names.size() || parts.containsKey(index)) {
            throw new IllegalArgumentException(
                    "no place " + index + " among " + names.size() + " for " + result.name() + ", or taken already");
        }
        BacktestResult kept = result;
        try {
            kept = bundles.keep(index, result);
        } catch (IOException e) {
            throw unwritten(e);
        } finally {
            // Made once, unless it is long: writing after each of n strategies costs n copies, not n conversions of n
            // results.
            parts.put(index, new Part(kept, ResultsJson.strategy(kept), JunitXml.testCase(kept)));
        }
        write();
        return kept;
    }

    /**
     * Writes the figures about the runners again: some may have ended without a result.
     *
     * @throws UncheckedIOException if they cannot be written
     */
    public synchronized void ended() {
        try {
            writeMetrics();
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private void writeMetrics() throws IOException {
        AtomicFiles.write(output.resolve(METRICS), metrics.get().getBytes(StandardCharsets.UTF_8));
    }

    private void write() {
        List<BacktestResult> results = parts.values().stream().map(Part::result).toList();
        List<String> unfinished = IntStream.range(0, names.size())
                .filter(index -> !parts.containsKey(index))
                .mapToObj(names::get)
                .toList();
        List<ResultsJson.Part> json = new ArrayList<>();
        List<String> xml = new ArrayList<>();
        for (Part part : parts.values()) {
            json.add(part.json());
            xml.add(part.xml());
        }
        try {
            AtomicFiles.write(output.resolve(RESULTS), ResultsJson.document(run, results, unfinished, json));
            AtomicFiles.write(output.resolve(JUNIT), JunitXml.document(run, results, unfinished, xml));
            writeMetrics();
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private static UncheckedIOException unwritten(IOException cause) {
        return new UncheckedIOException("the reports could not be written", cause);
    }

    private record Part(BacktestResult result, ResultsJson.Part json, String xml) {}
}
