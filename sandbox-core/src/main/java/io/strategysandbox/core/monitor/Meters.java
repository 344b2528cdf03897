package io.strategysandbox.core.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strategysandbox.core.backend.Sweep;
import io.strategysandbox.core.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All meters, each there from the beginning: a counter that is missing looks the same as one that was forgotten. */
final class Meters implements AutoCloseable {

    /** The one word in front of every name. */
    private static final String PREFIX = "strategysandbox.";

    static final List<String> VERDICTS = List.of(
            "OK",
            "EXPECTATION_FAILED",
            "REJECTED",
            "COMPILE_ERROR",
            "RUNTIME_ERROR",
            "TIME_LIMIT_EXCEEDED",
            "MEMORY_LIMIT_EXCEEDED",
            "OUTPUT_LIMIT_EXCEEDED",
            "PROCESS_LIMIT_EXCEEDED",
            "SECURITY_VIOLATION",
            "INTERNAL_ERROR");

    private static final Duration[] SECONDS = Stream.of(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
            .map(bound -> Duration.ofMillis((long) (bound * 1000)))
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final StrategyPeaks peaks = new StrategyPeaks(this::peakGauge);
    private final Counter starts;
    private final Counter startFailures;
    private final Counter kills;
    private final Counter outOfMemoryKills;
    private final Counter removalFailures;
    private final Counter timeouts;
    private final Timer leaseWait;
    private final Timer startLatency;

    Meters(String backend) {
        registry.config().commonTags("backend", backend);
        starts = counter("runner.starts", "Runners that the backend has started");
        startFailures = counter("runner.start.failures", "Runners that the backend could not start");
        kills = counter("runner.kills", "Runners that were killed, at their deadline or for what they did");
        outOfMemoryKills = counter("runner.oom.kills", "Runners of which the kernel killed a process for its memory");
        removalFailures = counter("runner.removal.failures", "Runners of which something is left");
        timeouts = counter("strategy.timeouts", "Strategies that gave no result within their time limit");
        leaseWait = timer("lease.wait", "From asking for a runner until it was started and its limits were checked");
        startLatency = timer("runner.start", "From asking for a runner until its first word");
        VERDICTS.forEach(this::ofVerdict);
    }

    private Counter ofVerdict(String verdict) {
        return Counter.builder(PREFIX + "strategies")
                .description("Strategies that ended, by verdict")
                .tag("verdict", verdict)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(PREFIX + name).description(description).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(PREFIX + name)
                .description(description)
                .serviceLevelObjectives(SECONDS)
                .register(registry);
    }

    private void peakGauge(String strategy, StrategyPeaks.Peak peak) {
        peak(strategy, peak, "strategy.peak.memory", "bytes", "The most memory of its runner", p -> p.memoryBytes());
        peak(strategy, peak, "strategy.cpu", "seconds", "Processor time of its longest run", p -> p.cpuSeconds());
        peak(
                strategy,
                peak,
                "strategy.peak.processors",
                "processors",
                "The most processors that its runner kept busy between two looks",
                p -> p.processors());
    }

    private void peak(
            String strategy,
            StrategyPeaks.Peak peak,
            String name,
            String unit,
            String description,
            ToDoubleFunction<StrategyPeaks.Peak> value) {
        Gauge.builder(PREFIX + name, peak, value)
                .description(description)
                .baseUnit(unit)
                .tag("strategy", strategy)
                .strongReference(true)
                .register(registry);
    }

    /** Shows how many runners are in each state that somebody has to care for. */
    void showRunners(Function<RunnerWatch.State, Long> count) {
        for (RunnerWatch.State state : RunnerWatch.State.values()) {
            if (state != RunnerWatch.State.GONE) {
                Gauge.builder(PREFIX + "runners", () -> count.apply(state))
                        .description("Runners that are there, by state")
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
    }

    void swept(Sweep sweep) {
        counter("orphans.found", "Containers and images of builds that are gone")
                .increment(sweep.found());
        counter("orphans.removed", "Containers and images of builds that are gone, removed")
                .increment(sweep.containers().size() + sweep.images().size());
        counter("orphans.removal.failures", "Containers and images of builds that are gone, not removed")
                .increment(sweep.failures().size());
    }

    void started(Duration wait) {
        starts.increment();
        leaseWait.record(wait);
    }

    void startFailed() {
        startFailures.increment();
    }

    void ready(Duration latency) {
        startLatency.record(latency);
    }

    void killed() {
        kills.increment();
    }

    void outOfMemory() {
        outOfMemoryKills.increment();
    }

    void removalFailed() {
        removalFailures.increment();
    }

    void used(String strategy, RunnerTrace trace) {
        peaks.add(strategy, trace);
    }

    void ended(Verdict verdict) {
        ofVerdict(verdict.id()).increment();
        if (verdict instanceof Verdict.TimeLimitExceeded) {
            timeouts.increment();
        }
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
