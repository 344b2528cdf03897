package io.strategysandbox.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes strategy directories and data for tests. */
public final class StrategyFolder {

    private static final String TRADING_STRATEGY = """
            import io.strategysandbox.api.TradingStrategy;
            import org.ta4j.core.BarSeries;

            public class %s implements TradingStrategy {
                private int bars;
                @Override
                public double onBar(BarSeries history) {
                    bars++;
                    %s
                }
            }
            """;

    private final Path root;

    /**
     * Below a folder.
     *
     * @param root an existing folder
     */
    public StrategyFolder(Path root) {
        this.root = root;
    }

    /** {@return the folder that holds the strategy directories} */
    public Path strategies() {
        return root.resolve("strategies");
    }

    /** {@return the folder that holds the data} */
    public Path data() {
        return root.resolve("data");
    }

    /** {@return a folder for reports} */
    public Path output() {
        return root.resolve("out");
    }

    /**
     * Writes a strategy of the form {@code TradingStrategy}.
     *
     * @param name the directory's name and the strategy's
     * @param body what {@code onBar(BarSeries history)} does; the field {@code bars} counts the calls, from 1
     * @param manifest further lines of the manifest
     * @return this
     */
    public StrategyFolder strategy(String name, String body, String... manifest) {
        String className = "S" + name.replace("-", "").toLowerCase(Locale.ROOT);
        write(
                strategies().resolve(name).resolve("strategy.yaml"),
                "name: " + name + "\ndata: prices.csv\n" + String.join("\n", manifest) + "\n");
        return source(name, className + ".java", TRADING_STRATEGY.formatted(className, body));
    }

    /**
     * Writes a file of a strategy directory.
     *
     * @param name the directory's name
     * @param file the file's name
     * @param text its content
     * @return this
     */
    public StrategyFolder source(String name, String file, String text) {
        write(strategies().resolve(name).resolve(file), text);
        return this;
    }

    /**
     * Writes {@code prices.csv}: a price that swings around 100, one bar a day from 2020-01-01 on.
     *
     * @param bars how many
     * @return this
     */
    public StrategyFolder prices(int bars) {
        StringBuilder csv = new StringBuilder("date,open,high,low,close,volume\n");
        java.time.LocalDate day = java.time.LocalDate.of(2020, 1, 1);
        for (int i = 0; i < bars; i++) {
            int open = 10_000 + 1_500 * ((i * 7) % 11 - 5) / 5;
            int close = 10_000 + 1_500 * (((i + 1) * 7) % 11 - 5) / 5;
            csv.append(day.plusDays(i)).append(',');
            csv.append(cents(open)).append(',');
            csv.append(cents(Math.max(open, close) + 50)).append(',');
            csv.append(cents(Math.min(open, close) - 50)).append(',');
            csv.append(cents(close)).append(',').append(1_000 + i).append('\n');
        }
        write(data().resolve("prices.csv"), csv.toString());
        return this;
    }

    private static String cents(int value) {
        return value / 100 + "." + (value % 100 < 10 ? "0" : "") + value % 100;
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
