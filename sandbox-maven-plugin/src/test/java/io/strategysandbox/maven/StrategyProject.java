package io.strategysandbox.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a directory with strategies and data for tests. */
final class StrategyProject {

    private static final String SOURCE = """
            import io.strategysandbox.api.TradingStrategy;
            import org.ta4j.core.BarSeries;

            public class %s implements TradingStrategy {
                @Override
                public double onBar(BarSeries history) {
                    %s
                }
            }
            """;

    private final Path root;

    StrategyProject(Path root) {
        this.root = root;
        StringBuilder csv = new StringBuilder("date,open,high,low,close,volume\n");
        for (int day = 1; day <= 28; day++) {
            int price = 100 + day * 7 % 11;
            csv.append("2020-01-%02d,%d,%d,%d,%d,1000%n".formatted(day, price, price + 2, price - 2, price + 1));
        }
        write(root.resolve("data/prices.csv"), csv.toString());
    }

    Path strategies() {
        return root.resolve("strategies");
    }

    Path data() {
        return root.resolve("data");
    }

    StrategyProject good(String name) {
        return strategy(name, "return history.getBarCount() % 4 < 2 ? 1 : 0;");
    }

    StrategyProject refused(String name) {
        return strategy(name, "System.exit(3); return 0;");
    }

    StrategyProject strategy(String name, String body) {
        write(strategies().resolve(name).resolve("strategy.yaml"), "name: " + name + "\ndata: prices.csv\n");
        write(strategies().resolve(name).resolve("Entry.java"), SOURCE.formatted("Entry", body));
        return this;
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
