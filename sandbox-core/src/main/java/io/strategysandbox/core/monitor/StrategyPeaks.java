package io.strategysandbox.core.monitor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The most that each strategy used. Names are chosen by strangers and become time series, so only so many are kept apart;
 * all others are one. Thread-safe.
 */
final class StrategyPeaks {

    /** How many strategies have a series of their own. */
    static final int MOST = 200;

    /** No strategy can have this name. */
    static final String OTHERS = "(others)";

    private final Map<String, Peak> peaks = new HashMap<>();
    private final BiConsumer<String, Peak> added;

    /**
     * Nothing yet.
     *
     * @param added told each name once, with the figures that will change
     */
    StrategyPeaks(BiConsumer<String, Peak> added) {
        this.added = added;
    }

    /** The most of one strategy; NaN for what was never seen. */
    static final class Peak {
        private double memoryBytes = Double.NaN;
        private double cpuSeconds = Double.NaN;
        private double processors = Double.NaN;

        synchronized double memoryBytes() {
            return memoryBytes;
        }

        synchronized double cpuSeconds() {
            return cpuSeconds;
        }

        synchronized double processors() {
            return processors;
        }

        private synchronized void add(RunnerTrace trace) {
            if (trace.usage().peakMemoryBytes().isPresent()) {
                memoryBytes = most(
                        memoryBytes, (double) trace.usage().peakMemoryBytes().getAsLong());
            }
            if (trace.usage().cpuMillis().isPresent()) {
                cpuSeconds = most(cpuSeconds, trace.usage().cpuMillis().getAsLong() / 1e3);
            }
            if (trace.peakProcessors().isPresent()) {
                processors = most(processors, trace.peakProcessors().getAsDouble());
            }
        }

        private static double most(double before, double now) {
            return Double.isNaN(before) ? now : Math.max(before, now);
        }
    }

    synchronized void add(String strategy, RunnerTrace trace) {
        String name = peaks.containsKey(strategy) || peaks.size() < MOST ? strategy : OTHERS;
        Peak peak = peaks.get(name);
        if (peak == null) {
            peak = new Peak();
            peaks.put(name, peak);
            added.accept(name, peak);
        }
        peak.add(trace);
    }
}
