package io.strategysandbox.core;

import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.core.validation.SecurityValidator;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many source files a second are validated, one strategy after the other: text and syntax tree alone, and the whole
 * way with compiler and class files. The compiler runs in a process of its own; to measure one core, pin both to it
 * ({@code taskset -c 0}). Starting the JVMs counts in the first round only.
 */
final class ValidationBenchmark {

    private static final String GENERATED = """
            import io.strategysandbox.api.TradingStrategy;
            import org.ta4j.core.BarSeries;
            import org.ta4j.core.indicators.EMAIndicator;
            import org.ta4j.core.indicators.RSIIndicator;
            import org.ta4j.core.indicators.helpers.ClosePriceIndicator;

            /** Number %1$d of many. */
            public class Generated%1$d implements TradingStrategy {
                private static final int FAST = %2$d;
                private double target;

                @Override
                public double onBar(BarSeries history) {
                    int end = history.getEndIndex();
                    ClosePriceIndicator close = new ClosePriceIndicator(history);
                    double mean = new EMAIndicator(close, FAST).getValue(end).doubleValue();
                    double strength = new RSIIndicator(close, %2$d + 5).getValue(end).doubleValue();
                    double last = close.getValue(end).doubleValue();
                    if (last > mean * 1.0%1$d && strength < 70) {
                        target = Math.min(1, (last - mean) / Math.max(1e-9, mean) * %2$d);
                    } else if (last < mean || strength > %3$d) {
                        target = 0;
                    }
                    return target;
                }
            }
            """;

    private final List<List<SourceFile>> strategies;
    private final SecurityValidator validator = SecurityValidator.create();

    private ValidationBenchmark(List<List<SourceFile>> strategies) {
        this.strategies = strategies;
    }

    /** The strategies of a folder, and as many generated ones of one file each as are asked for. */
    static ValidationBenchmark of(Path folder, int generated) {
        List<List<SourceFile>> strategies = new ArrayList<>();
        for (Candidate candidate : StrategyDiscovery.discover(folder)) {
            if (candidate instanceof Candidate.Loaded loaded) {
                strategies.add(loaded.strategy().sources());
            }
        }
        for (int i = 1; i <= generated; i++) {
            String text = GENERATED.formatted(i, 5 + i % 40, 60 + i % 30);
            strategies.add(List.of(SourceFile.of("Generated" + i + ".java", text.getBytes(StandardCharsets.UTF_8))));
        }
        return new ValidationBenchmark(strategies);
    }

    /**
     * Runs.
     *
     * @param args the folder of strategies; how many more to generate; how many rounds
     */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = System.out;
        ValidationBenchmark benchmark = of(Path.of(args[0]), Integer.parseInt(args[1]));
        int rounds = Integer.parseInt(args[2]);
        out.printf(Locale.ROOT, "%d strategies, %d files%n", benchmark.strategies.size(), benchmark.files());
        for (int round = 1; round <= rounds; round++) {
            out.printf(Locale.ROOT, "text and tree  round %d  %6.1f files/s%n", round, benchmark.textAndTree());
        }
        try (StrategyCompiler compiler =
                StrategyCompiler.open(ConfigLoader.defaults().sandbox().compiler(), List.of())) {
            for (int round = 1; round <= rounds; round++) {
                out.printf(
                        Locale.ROOT, "end to end     round %d  %6.1f files/s%n", round, benchmark.endToEnd(compiler));
            }
        }
    }

    private long files() {
        return strategies.stream().mapToLong(List::size).sum();
    }

    /** {@return files a second} */
    double textAndTree() {
        long start = System.nanoTime();
        for (List<SourceFile> strategy : strategies) {
            accepted(validator.checkSources(strategy).accepted(), strategy);
        }
        return files() * 1e9 / (System.nanoTime() - start);
    }

    /** {@return files a second} */
    double endToEnd(StrategyCompiler compiler) throws InterruptedException {
        Admission admission = new Admission(validator, compiler, ValidationMode.ENFORCE);
        long start = System.nanoTime();
        for (List<SourceFile> strategy : strategies) {
            accepted(admission.report(strategy).accepted(), strategy);
        }
        return files() * 1e9 / (System.nanoTime() - start);
    }

    private static void accepted(boolean accepted, List<SourceFile> strategy) {
        if (!accepted) {
            throw new IllegalStateException("an honest strategy is refused, so nothing is measured: " + strategy);
        }
    }
}
