package io.strategysandbox.core.monitor;

import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.verdict.Verdict;
import java.time.Duration;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the runners of a backend, in containers or not: how many there are and in which state, how long they took to
 * start, what they used, how they ended, and whether all of them were removed. Thread-safe.
 */
public final class ContainerMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerMonitor.class);

    /** How often a runner is looked at: the kernel forgets what it used when it ends. */
    static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

    private final Backend backend;
    private final Meters meters;
    private final Set<RunnerWatch> watches = ConcurrentHashMap.newKeySet();
    private final Timer looking = new Timer("sandbox-monitor", true);

    ContainerMonitor(Backend backend, Duration lookInterval) {
        this.backend = backend;
        this.meters = new Meters(backend.isolation().id());
        meters.swept(backend.swept());
        meters.showRunners(state ->
                watches.stream().filter(watch -> watch.state() == state).count());
        looking.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        look();
                    }
                },
                lookInterval.toMillis(),
                lookInterval.toMillis());
    }

    /**
     * Begins to watch.
     *
     * @param backend where the runners live; stays the caller's to close
     * @return the monitor; the caller must close it
     */
    public static ContainerMonitor of(Backend backend) {
        return new ContainerMonitor(backend, LOOK_INTERVAL);
    }

    private void look() {
        try {
            watches.forEach(RunnerWatch::look);
        } catch (RuntimeException e) {
            // Thrown, it would end all looking, and nobody would know.
            LOG.debug("looking at what runners use", e);
        }
    }

    /**
     * Begins to watch one runner, which is not started yet.
     *
     * @param request what it is for
     * @return the watch, which gives the lease
     */
    public RunnerWatch watch(LeaseRequest request) {
        RunnerWatch watch = new RunnerWatch(backend, request, meters, watches::remove);
        watches.add(watch);
        return watch;
    }

    /**
     * Counts a strategy that has ended.
     *
     * @param verdict how
     */
    public void ended(Verdict verdict) {
        meters.ended(verdict);
    }

    /** {@return all figures in the text format of Prometheus} */
    public String scrape() {
        return meters.scrape();
    }

    /** Ends the looking; what was seen can no longer be read. */
    @Override
    public void close() {
        looking.cancel();
        meters.close();
    }
}
