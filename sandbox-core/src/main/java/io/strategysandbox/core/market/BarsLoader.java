package io.strategysandbox.core.market;

import io.strategysandbox.core.strategy.Manifest.DataSource;
import io.strategysandbox.core.strategy.Problem;
import io.strategysandbox.core.strategy.StrategyDirectory;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads bars from files below one folder, each file once however many strategies name it. Thread-safe. */
public final class BarsLoader {

    private static final int DEPTH_TO_SUGGEST = 3;
    private static final long MAX_BYTES = 64 << 20;

    private final Path folder;
    private final Map<DataSource, Loaded> loaded = new ConcurrentHashMap<>();

    /**
     * For a folder.
     *
     * @param folder the folder that {@code data:} in a manifest is relative to
     */
    public BarsLoader(Path folder) {
        this.folder = folder;
    }

    private sealed interface Loaded {
        record Good(Bars bars) implements Loaded {}

        record Bad(List<Problem> problems) implements Loaded {}
    }

    /**
     * Loads the bars that a strategy's manifest names.
     *
     * @param strategy the strategy
     * @return the bars
     * @throws MarketDataException if its manifest names none, and as {@link #load(DataSource)}
     */
    public Bars load(StrategyDirectory strategy) throws MarketDataException {
        DataSource source = strategy.manifest()
                .data()
                .orElseThrow(() -> new MarketDataException(List.of(new Problem(
                        "manifest-no-data",
                        StrategyDiscovery.MANIFEST,
                        0,
                        0,
                        "no data is named, so there are no bars to run on; add data: followed by a CSV file below "
                                + folder))));
        return load(source);
    }

    /**
     * Loads bars.
     *
     * @param source which file, and whether its trades are to be aggregated
     * @return the bars
     * @throws MarketDataException if the file is missing, lies outside the folder, or holds what no backtest should be
     *     built on; each problem with its line
     */
    public Bars load(DataSource source) throws MarketDataException {
        Loaded result = loaded.computeIfAbsent(source, this::read);
        if (result instanceof Loaded.Good good) {
            return good.bars();
        }
        throw new MarketDataException(((Loaded.Bad) result).problems());
    }

    private Loaded read(DataSource source) {
        try {
            Path file = locate(source.file());
            return new Loaded.Good(
                    source.barPeriod().isPresent()
                            ? TradesCsv.aggregate(
                                    file, source.file(), source.barPeriod().get())
                            : CsvBars.read(file, source.file()));
        } catch (MarketDataException e) {
            return new Loaded.Bad(e.problems());
        }
    }

    private Path locate(String name) throws MarketDataException {
        try {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                throw invalid(
                        name,
                        "there is no such file below " + folder + " (there are: " + dataFiles()
                                + "); correct data: in strategy.yaml, or set sandbox.data to the folder that holds it");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw invalid(name, "lies outside the data folder " + folder + "; copy the file in");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw invalid(
                        name, "has " + Files.size(file) + " bytes; at most " + MAX_BYTES + " are read; split the file");
            }
            return file;
        } catch (InvalidPathException e) {
            throw invalid(name, "is no name that a file can have here; rename the file");
        } catch (IOException e) {
            throw invalid(name, "cannot be read: " + e.getMessage() + "; check the file and its permissions");
        }
    }

    private String dataFiles() throws IOException {
        if (!Files.isDirectory(folder)) {
            return "no such folder";
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH_TO_SUGGEST)) {
            String names = files.filter(file -> file.toString().endsWith(".csv"))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .limit(10)
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "no .csv files" : names;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static Bars checked(String name, List<Bar> bars) throws MarketDataException {
        if (bars.size() < 2) {
            throw invalid(name, "makes " + bars.size() + " bar; a backtest needs two or more");
        }
        return Bars.of(name, bars);
    }

    private static MarketDataException invalid(String name, String message) {
        return new MarketDataException(List.of(new Problem("data-invalid", name, 0, 0, message)));
    }
}
