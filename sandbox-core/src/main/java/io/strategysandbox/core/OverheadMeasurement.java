package io.strategysandbox.core;

import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.local.LocalExecutor;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.BacktestResult.Timings;
import io.strategysandbox.core.benchmark.Overhead;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.monitor.ContainerMonitor;
import io.strategysandbox.core.strategy.StrategyDirectory;
import io.strategysandbox.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Takes one strategy the way with isolation and without, in turn, until the noise leaves no doubt. */
final class OverheadMeasurement {

    /** Beyond that a machine is too busy to say. */
    private static final int MOST_ROUNDS = Overhead.LOOKS * Overhead.LEAST_ROUNDS;

    private final StrategyDirectory strategy;
    private final Bars bars;

    OverheadMeasurement(StrategyDirectory strategy, Bars bars) {
        this.strategy = strategy;
        this.bars = bars;
    }

    /**
     * Measures.
     *
     * @param sandboxed the way with isolation
     * @param config the configuration
     * @param admission who lets the strategy in, without isolation too
     * @param bound where to be sure on which side the overhead is, as a fraction
     */
    Overhead measure(StrategyPipeline sandboxed, SandboxConfig config, Admission admission, double bound)
            throws BackendException, InterruptedException {
        try (Backend bare = LocalExecutor.unconfined(config.docker());
                ContainerMonitor monitor = ContainerMonitor.of(bare)) {
            StrategyPipeline unsandboxed = new StrategyPipeline(config, bare.isolation(), monitor, admission);
            // The first of each is for the caches of this machine and this JVM.
            time(sandboxed);
            time(unsandboxed);
            List<Double> with = new ArrayList<>();
            List<Double> without = new ArrayList<>();
            while (with.size() < MOST_ROUNDS) {
                // Whoever comes second finds a warmer machine, so they take turns at that, too.
                boolean sandboxFirst = with.size() % 2 == 0;
                double first = time(sandboxFirst ? sandboxed : unsandboxed);
                double second = time(sandboxFirst ? unsandboxed : sandboxed);
                with.add(sandboxFirst ? first : second);
                without.add(sandboxFirst ? second : first);
                boolean look = with.size() % Overhead.LEAST_ROUNDS == 0;
                if (look && new Overhead(with, without).isDecided(bound)) {
                    break;
                }
            }
            return new Overhead(with, without);
        }
    }

    private double time(StrategyPipeline pipeline) throws InterruptedException {
        BacktestResult result = pipeline.run(strategy, () -> bars);
        boolean complete =
                result.verdict() instanceof Verdict.Ok || result.verdict() instanceof Verdict.ExpectationFailed;
        if (!complete) {
            throw new IllegalArgumentException("the overhead of " + strategy.name()
                    + " cannot be measured, since it does not run to its end: "
                    + result.verdict().id() + ", " + result.verdict().summary());
        }
        Timings timings = result.timings();
        return Math.max(1, timings.totalMs() - timings.validateMs() - timings.compileMs());
    }
}
