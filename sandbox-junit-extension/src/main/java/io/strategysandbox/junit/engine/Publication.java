package io.strategysandbox.junit.engine;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.MetricName;
import io.strategysandbox.core.backtest.Metrics;
import io.strategysandbox.core.report.ResultText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;

/** Tells a run's listeners what tests cannot: the verdict and the main figures, and all that is known as files. */
final class Publication {

    private static final List<MetricName> MAIN = List.of(
            MetricName.FINAL_EQUITY, MetricName.RETURN, MetricName.SHARPE, MetricName.MAX_DRAWDOWN, MetricName.TRADES);

    private static final MathContext SHOWN_DIGITS = new MathContext(6);

    private final ExecutionRequest request;
    private final EngineExecutionListener listener;

    Publication(ExecutionRequest request) {
        this.request = request;
        this.listener = request.getEngineExecutionListener();
    }

    /**
     * Publishes a result.
     *
     * @param strategy what it is the result of
     * @param sandbox the sandbox it comes from
     * @param result the result
     * @return the folder of the published files; empty if this run of tests keeps none, or they cannot be written
     */
    Optional<Path> publish(TestDescriptor strategy, Sandbox sandbox, BacktestResult result) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("verdict", result.verdict().id());
        entry.put("summary", ResultText.headline(result));
        entry.put("isolation", result.isolation().map(Isolation::id).orElse("none"));
        result.metrics().ifPresent(metrics -> MAIN.forEach(name -> put(entry, name, metrics)));
        Optional<Path> folder = Optional.empty();
        try {
            folder = folder(strategy, result);
            if (folder.isPresent()) {
                for (Path file : sandbox.write(result, folder.get())) {
                    listener.fileEntryPublished(strategy, FileEntry.from(file, mediaType(file)));
                }
            }
        } catch (IOException e) {
            // What a strategy did is known all the same.
            entry.put("files", "not written: " + e.getMessage());
            folder = Optional.empty();
        }
        listener.reportingEntryPublished(strategy, ReportEntry.from(entry));
        return folder;
    }

    private static void put(Map<String, String> entry, MetricName name, Metrics metrics) {
        double value = metrics.value(name.id());
        if (Double.isFinite(value)) {
            entry.put(
                    name.id(),
                    BigDecimal.valueOf(value)
                            .round(SHOWN_DIGITS)
                            .stripTrailingZeros()
                            .toPlainString());
        }
    }

    /** The one way to ask for a folder that the oldest and the newest platform have. */
    @SuppressWarnings({"deprecation", "removal"})
    private Optional<Path> folder(TestDescriptor strategy, BacktestResult result) throws IOException {
        try {
            // Names are told apart here, directories only until they are made names of files.
            return Optional.of(request.getOutputDirectoryProvider()
                    .createOutputDirectory(strategy)
                    .resolve(result.name()));
        } catch (JUnitException e) {
            return Optional.empty();
        }
    }

    private static String mediaType(Path file) {
        return file.toString().endsWith(".json") ? "application/json" : "text/plain;charset=UTF-8";
    }
}
