package io.strategysandbox.core;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.market.BarsLoader;
import io.strategysandbox.core.monitor.ContainerMonitor;
import io.strategysandbox.core.report.RunInfo;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.report.RunReportWriter;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the strategies of one folder through the sandbox, several at a time, and reports each as it ends. */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final RunRequest request;
    private final RunInfo run;
    private final int parallelism;
    private final boolean haltOnFailure;
    private final ContainerMonitor monitor;
    private final SandboxListener listener;
    private final AtomicBoolean halted = new AtomicBoolean();

    Batch(
            RunRequest request,
            RunInfo run,
            int parallelism,
            boolean haltOnFailure,
            ContainerMonitor monitor,
            SandboxListener listener) {
        this.request = request;
        this.run = run;
        this.parallelism = parallelism;
        this.haltOnFailure = haltOnFailure;
        this.monitor = monitor;
        this.listener = listener;
    }

    /** Takes one strategy the whole way. */
    @FunctionalInterface
    interface Step {
        BacktestResult run(Candidate candidate, Sandbox.BarsOf bars) throws InterruptedException;
    }

    RunReport run(Step step) throws InterruptedException {
        List<Candidate> candidates = StrategyDiscovery.discover(request.strategies());
        BarsLoader loader = new BarsLoader(request.dataFolder());
        List<String> names = candidates.stream().map(Candidate::name).toList();
        RunReportWriter writer = new RunReportWriter(request.output(), run, names, monitor::scrape);
        listener.runStarted(names);
        ExecutorService workers = Executors.newFixedThreadPool(parallelism);
        try {
            List<Future<Optional<BacktestResult>>> running = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                int position = i;
                running.add(workers.submit((Callable<Optional<BacktestResult>>)
                        () -> one(step, candidates.get(position), loader, writer, position)));
            }
            List<BacktestResult> results = await(running);
            Set<String> ended = results.stream().map(BacktestResult::directory).collect(Collectors.toSet());
            List<String> notStarted = candidates.stream()
                    .filter(candidate -> !ended.contains(candidate.directory()))
                    .map(Candidate::name)
                    .toList();
            return new RunReport(run, results, notStarted);
        } finally {
            stop(workers);
            writer.ended();
        }
    }

    /** {@return the result, or nothing if the run was halted before this strategy began} */
    private Optional<BacktestResult> one(
            Step step, Candidate candidate, BarsLoader loader, RunReportWriter writer, int position)
            throws InterruptedException {
        if (halted.get()) {
            return Optional.empty();
        }
        synchronized (listener) {
            listener.strategyStarted(candidate.name());
        }
        BacktestResult result = withoutSurprises(step, candidate, strategy -> () -> loader.load(strategy));
        if (haltOnFailure && !(result.verdict() instanceof Verdict.Ok)) {
            halted.set(true);
        }
        monitor.ended(result.verdict());
        synchronized (listener) {
            BacktestResult kept = writer.finished(position, result);
            listener.strategyFinished(kept);
            return Optional.of(kept);
        }
    }

    /** A defect of ours while one strategy is on its way must not take the others' results with it. */
    private static BacktestResult withoutSurprises(Step step, Candidate candidate, Sandbox.BarsOf bars)
            throws InterruptedException {
        try {
            return step.run(candidate, bars);
        } catch (RuntimeException e) {
            LOG.error("unexpected failure while running {}", candidate.name(), e);
            return Results.withoutRun(
                    candidate.name(),
                    candidate.directory(),
                    new Verdict.InternalFailure("a defect of the sandbox: " + e + "; the log has its stack trace"),
                    List.of());
        }
    }

    private static List<BacktestResult> await(List<Future<Optional<BacktestResult>>> running)
            throws InterruptedException {
        List<BacktestResult> results = new ArrayList<>();
        for (Future<Optional<BacktestResult>> future : running) {
            try {
                future.get().ifPresent(results::add);
            } catch (ExecutionException e) {
                throw rethrown(e.getCause());
            }
        }
        return results;
    }

    private static RuntimeException rethrown(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    /** Waits for the workers, whatever interrupts the wait: each has a lease to give back. */
    private static void stop(ExecutorService workers) {
        workers.shutdownNow();
        boolean interrupted = false;
        while (!workers.isTerminated()) {
            try {
                if (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
                    LOG.warn("still waiting for sandboxes to be removed");
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
