package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.ConfigLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** A tenth of what is promised, so that a busy machine does not fail a build, and a defect of ten times the cost does. */
class ValidationSpeedTest {

    private static final Path EXAMPLES = Path.of("..", "examples", "strategies");

    private final ValidationBenchmark benchmark = ValidationBenchmark.of(EXAMPLES, 10);

    @Test
    void textAndTreeOfTenFilesASecond() {
        assertThat(DoubleStream.generate(benchmark::textAndTree).limit(3).max().orElseThrow())
                .isGreaterThan(10);
    }

    @Test
    void endToEndOfTwoAndAHalfFilesASecond() throws InterruptedException {
        try (StrategyCompiler compiler =
                StrategyCompiler.open(ConfigLoader.defaults().sandbox().compiler(), List.of())) {
            double first = benchmark.endToEnd(compiler);
            assertThat(Math.max(first, benchmark.endToEnd(compiler))).isGreaterThan(2.5);
        }
    }
}
