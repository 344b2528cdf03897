package io.strategysandbox.core;

import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backend.Job;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.BacktestResult.Timings;
import io.strategysandbox.core.backtest.Expectations;
import io.strategysandbox.core.backtest.Ledger;
import io.strategysandbox.core.backtest.LedgerSettings;
import io.strategysandbox.core.backtest.Metrics;
import io.strategysandbox.core.backtest.MetricsCalculator;
import io.strategysandbox.core.backtest.Settlement;
import io.strategysandbox.core.backtest.Trade;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.market.MarketDataException;
import io.strategysandbox.core.monitor.ContainerMonitor;
import io.strategysandbox.core.monitor.RunnerTrace;
import io.strategysandbox.core.monitor.RunnerWatch;
import io.strategysandbox.core.strategy.Manifest;
import io.strategysandbox.core.strategy.StrategyDirectory;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.ValidationReport;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Resources;
import io.strategysandbox.core.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes one strategy that was read the whole way: admission, lease, run, book, verdict. Thread-safe. */
final class StrategyPipeline {

    /** How long a runner may live beyond its strategy's time limit: its start, and its end. */
    private static final Duration LIFE_AROUND_THE_RUN = Duration.ofMinutes(1);

    private final SandboxConfig config;
    private final Isolation isolation;
    private final ContainerMonitor monitor;
    private final Admission admission;
    private final RunnerSession session;

    /** For code that was found dangerous and runs all the same: the bars to come stay on the host. */
    private final RunnerSession guardedSession;

    StrategyPipeline(SandboxConfig config, Isolation isolation, ContainerMonitor monitor, Admission admission) {
        this.config = config;
        this.isolation = isolation;
        this.monitor = monitor;
        this.admission = admission;
        this.session = new RunnerSession(config.docker().feed(), config.docker().output());
        this.guardedSession =
                new RunnerSession(DockerConfig.Feed.LOCKSTEP, config.docker().output());
    }

    /** Where bars come from; asked only when the manifest is fine. */
    @FunctionalInterface
    interface BarsSource {
        Bars load() throws MarketDataException;
    }

    BacktestResult run(StrategyDirectory strategy, BarsSource source) throws InterruptedException {
        Way way = new Way(strategy);
        List<Finding> unusable = admission.expectationFindings(strategy);
        if (!unusable.isEmpty()) {
            return way.rejected(unusable);
        }
        Bars bars;
        try {
            bars = source.load();
        } catch (MarketDataException e) {
            return way.rejected(Findings.of(e));
        }
        way.validateMs += way.lap();
        Admission.Decision decision = admission.decide(strategy);
        way.lap();
        way.validateMs += decision.validateMs();
        way.compileMs = decision.compileMs();
        way.findings = decision.findings();
        return decision instanceof Admission.Admitted admitted
                ? runAdmitted(way, admitted, bars)
                : way.ended(((Admission.Refused) decision).verdict());
    }

    private BacktestResult runAdmitted(Way way, Admission.Admitted admitted, Bars bars) throws InterruptedException {
        Manifest manifest = way.strategy.manifest();
        Duration limit = config.docker().limits().timeout();
        Duration timeout =
                manifest.timeout().filter(own -> own.compareTo(limit) < 0).orElse(limit);
        Job job = new Job(
                manifest.name(), admitted.classes(), admitted.entry(), manifest.direction(), manifest.parameters());
        RunnerWatch watch = monitor.watch(new LeaseRequest(manifest.name(), timeout.plus(LIFE_AROUND_THE_RUN)));
        try {
            RunOutcome outcome;
            try (Lease lease = watch.lease()) {
                way.leaseMs = way.lap();
                way.isolation = Optional.of(isolation);
                outcome = session(admitted).run(lease, job, bars, timeout);
                way.runMs = way.lap();
                way.evidence = outcome.evidence();
                way.resources = outcome.resources();
                way.ran = Optional.of(outcome.verdict());
            }
            way.runner = Optional.of(watch.trace());
            return outcome.verdict() instanceof Verdict.Ok ? settle(way, outcome, bars) : way.ended(outcome.verdict());
        } catch (BackendException e) {
            way.runner = Optional.of(watch.trace());
            String before = way.ran
                    .map(verdict -> "the run was over (" + verdict.id() + ": " + verdict.summary() + "), but ")
                    .orElse("");
            return way.ended(new Verdict.InternalFailure(before + e.getMessage()));
        }
    }

    private RunnerSession session(Admission.Admitted admitted) {
        return new ValidationReport(admitted.findings()).accepted() ? session : guardedSession;
    }

    private static BacktestResult settle(Way way, RunOutcome outcome, Bars bars) {
        Manifest manifest = way.strategy.manifest();
        Settlement settlement = Ledger.settle(bars, outcome.decisions(), LedgerSettings.of(manifest));
        Metrics metrics = MetricsCalculator.of(bars, settlement);
        way.metrics = Optional.of(metrics);
        way.trades = settlement.trades();
        List<String> unmet = Expectations.unmet(manifest.expectations(), metrics);
        return way.ended(unmet.isEmpty() ? new Verdict.Ok() : new Verdict.ExpectationFailed(unmet));
    }

    /** What is known so far about one strategy; confined to the thread that runs it. */
    private static final class Way {
        private final StrategyDirectory strategy;
        private final long startedNanos = System.nanoTime();
        private long lapNanos = startedNanos;
        private long validateMs;
        private long compileMs;
        private long leaseMs;
        private long runMs;
        private Optional<Isolation> isolation = Optional.empty();
        private List<Finding> findings = List.of();
        private Optional<Metrics> metrics = Optional.empty();
        private List<Trade> trades = List.of();
        private Evidence evidence = Evidence.NONE;
        private Resources resources = Resources.NONE;
        private Optional<Verdict> ran = Optional.empty();
        private Optional<RunnerTrace> runner = Optional.empty();

        Way(StrategyDirectory strategy) {
            this.strategy = strategy;
        }

        /** {@return milliseconds since the last lap} */
        long lap() {
            long now = System.nanoTime();
            long millis = (now - lapNanos) / 1_000_000;
            lapNanos = now;
            return millis;
        }

        BacktestResult rejected(List<Finding> refusing) {
            findings = refusing;
            validateMs += lap();
            return ended(new Verdict.Rejected(refusing));
        }

        BacktestResult ended(Verdict verdict) {
            long totalMs = (System.nanoTime() - startedNanos) / 1_000_000;
            return new BacktestResult(
                    strategy.name(),
                    strategy.directory(),
                    verdict,
                    isolation,
                    findings,
                    metrics,
                    trades,
                    new Timings(validateMs, compileMs, leaseMs, runMs, totalMs),
                    resources,
                    evidence,
                    runner,
                    Optional.empty());
        }
    }
}
