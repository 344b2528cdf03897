package io.strategysandbox.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.ExitStatus;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.ResourceUsage;
import io.strategysandbox.core.backend.RunnerStartException;
import io.strategysandbox.core.backend.Sweep;
import io.strategysandbox.core.monitor.RunnerTrace.Event;
import io.strategysandbox.core.monitor.RunnerTrace.What;
import io.strategysandbox.core.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContainerMonitorTest {

    private final FakeBackend backend = new FakeBackend();
    private ContainerMonitor monitor = new ContainerMonitor(backend, Duration.ofDays(1));

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void beforeAnythingHappensEveryFigureIsThereAndNothing() {
        PrometheusText text = PrometheusText.parse(monitor.scrape());

        assertThat(text.types())
                .containsEntry("strategysandbox_runners", "gauge")
                .containsEntry("strategysandbox_runner_starts_total", "counter")
                .containsEntry("strategysandbox_runner_start_failures_total", "counter")
                .containsEntry("strategysandbox_runner_kills_total", "counter")
                .containsEntry("strategysandbox_runner_oom_kills_total", "counter")
                .containsEntry("strategysandbox_runner_removal_failures_total", "counter")
                .containsEntry("strategysandbox_strategy_timeouts_total", "counter")
                .containsEntry("strategysandbox_strategies_total", "counter")
                .containsEntry("strategysandbox_orphans_found_total", "counter")
                .containsEntry("strategysandbox_orphans_removed_total", "counter")
                .containsEntry("strategysandbox_orphans_removal_failures_total", "counter")
                .containsEntry("strategysandbox_lease_wait_seconds", "histogram")
                .containsEntry("strategysandbox_runner_start_seconds", "histogram");
        assertThat(text.samples().values()).containsOnly(0.0);
        assertThat(text.samples().keySet())
                .filteredOn(name -> name.startsWith("strategysandbox_strategies_total"))
                .hasSameSizeAs(Verdict.class.getPermittedSubclasses());
        assertThat(text.samples().keySet()).allMatch(name -> name.contains("backend=docker"));
    }

    @Test
    void aRunnerIsSeenInEveryStateOfItsLife() throws Exception {
        RunnerWatch watch = monitor.watch(request("alpha"));
        assertThat(runners()).containsExactly(1, 0, 0);
        try (Lease lease = watch.lease()) {
            assertThat(runners()).containsExactly(1, 0, 0);
            assertThat(lease.stdout().read()).isNotNegative();
            assertThat(runners()).containsExactly(0, 1, 0);
            lease.kill();
            assertThat(runners()).containsExactly(0, 0, 1);
            lease.kill();
        }
        assertThat(runners()).containsExactly(0, 0, 0);
        assertThat(figure("runner_starts_total")).isOne();
        assertThat(figure("runner_kills_total")).isOne();
        assertThat(figure("lease_wait_seconds_count")).isOne();
        assertThat(figure("runner_start_seconds_count")).isOne();
        assertThat(happened(watch))
                .containsExactly(What.REQUESTED, What.STARTED, What.READY, What.KILLED, What.REMOVED);
        assertThat(watch.trace().inspection()).contains("{\"Id\":\"c1\"}");
    }

    @Test
    void whatHasEndedByItselfIsNotKilledAnyMore() throws Exception {
        backend.exit = Optional.of(new ExitStatus(0, false, Optional.empty()));
        RunnerWatch watch = monitor.watch(request("alpha"));
        try (Lease lease = watch.lease()) {
            assertThat(lease.awaitExit(Duration.ofSeconds(1))).isPresent();
            assertThat(runners()).containsExactly(0, 0, 1);
            lease.kill();
        }
        assertThat(figure("runner_kills_total")).isZero();
        assertThat(figure("runner_oom_kills_total")).isZero();
        assertThat(happened(watch)).containsExactly(What.REQUESTED, What.STARTED, What.ENDED, What.REMOVED);
    }

    @Test
    void theKernelsKillIsCountedOnce() throws Exception {
        backend.exit = Optional.of(new ExitStatus(137, true, Optional.empty()));
        try (Lease lease = monitor.watch(request("alpha")).lease()) {
            lease.awaitExit(Duration.ofSeconds(1));
            lease.awaitExit(Duration.ofSeconds(1));
        }
        assertThat(figure("runner_oom_kills_total")).isOne();
    }

    @Test
    void aRunnerThatCannotBeStartedIsCountedAndLeavesWhatWasSeenOfIt() {
        backend.failure =
                Optional.of(new RunnerStartException(new BackendException("no luck"), Optional.of("{\"Id\":\"c0\"}")));
        RunnerWatch watch = monitor.watch(request("alpha"));
        assertThatThrownBy(watch::lease).isInstanceOf(BackendException.class).hasMessage("no luck");

        assertThat(runners()).containsExactly(0, 0, 0);
        assertThat(figure("runner_starts_total")).isZero();
        assertThat(figure("runner_start_failures_total")).isOne();
        assertThat(happened(watch)).containsExactly(What.REQUESTED, What.START_FAILED);
        assertThat(watch.trace().inspection()).contains("{\"Id\":\"c0\"}");
    }

    @Test
    void aRunnerThatCannotBeRemovedStaysInSight() throws Exception {
        backend.stays = true;
        RunnerWatch watch = monitor.watch(request("alpha"));
        Lease lease = watch.lease();
        assertThatThrownBy(lease::close).isInstanceOf(BackendException.class);
        assertThat(runners()).containsExactly(0, 0, 1);
        assertThat(figure("runner_removal_failures_total")).isOne();

        backend.stays = false;
        lease.close();
        lease.close();
        assertThat(runners()).containsExactly(0, 0, 0);
        assertThat(happened(watch)).containsExactly(What.REQUESTED, What.STARTED, What.REMOVAL_FAILED, What.REMOVED);
    }

    @Test
    void whatAStrategyUsesIsSeenWhileItRunsAndStaysKnownWhenTheKernelForgetsIt() throws Exception {
        backend.usages.add(usage(1_000, 100));
        backend.usages.add(usage(5_000, 400));
        backend.looked = new CountDownLatch(3);
        monitor.close();
        monitor = ContainerMonitor.of(backend);
        RunnerWatch watch = monitor.watch(request("alpha"));
        try (Lease lease = watch.lease()) {
            assertThat(backend.looked.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(lease.usage()).isEqualTo(usage(5_000, 400));
        }
        assertThat(figure("strategy_peak_memory_bytes", "alpha")).isEqualTo(5_000.0);
        assertThat(figure("strategy_cpu_seconds", "alpha")).isEqualTo(0.4);
        assertThat(figure("strategy_peak_processors", "alpha")).isPositive().isLessThanOrEqualTo(3.0);
        assertThat(watch.trace().usage()).isEqualTo(usage(5_000, 400));
    }

    @Test
    void aProcessLimitThatWasSeenEarlierIsNoEvidenceForTheEnd() throws Exception {
        backend.usages.add(new ResourceUsage(OptionalLong.empty(), OptionalLong.empty(), true));
        RunnerWatch watch = monitor.watch(request("alpha"));
        try (Lease lease = watch.lease()) {
            assertThat(lease.usage().processLimitHit()).isTrue();
            assertThat(lease.usage().processLimitHit()).isFalse();
        }
        assertThat(watch.trace().usage().processLimitHit()).isTrue();
    }

    @Test
    void onlySoManyStrategiesAreKeptApart() throws Exception {
        for (int i = 0; i < StrategyPeaks.MOST + 50; i++) {
            backend.usages.add(usage(1_000 + i, i));
            try (Lease lease = monitor.watch(request("s" + i)).lease()) {
                lease.usage();
            }
        }
        Map<String, Double> samples = PrometheusText.parse(monitor.scrape()).samples();
        assertThat(samples.keySet())
                .filteredOn(name -> name.startsWith("strategysandbox_strategy_peak_memory_bytes"))
                .hasSize(StrategyPeaks.MOST + 1);
        assertThat(figure("strategy_peak_memory_bytes", "s0")).isEqualTo(1_000.0);
        assertThat(figure("strategy_peak_memory_bytes", StrategyPeaks.OTHERS))
                .isEqualTo(1_000.0 + StrategyPeaks.MOST + 49);
    }

    @Test
    void verdictsAndTimeoutsAreCounted() {
        monitor.ended(new Verdict.Ok());
        monitor.ended(new Verdict.Ok());
        monitor.ended(new Verdict.TimeLimitExceeded(Duration.ofSeconds(1)));
        Map<String, Double> samples = PrometheusText.parse(monitor.scrape()).samples();
        assertThat(samples)
                .containsEntry("strategysandbox_strategies_total{backend=docker,verdict=OK}", 2.0)
                .containsEntry("strategysandbox_strategies_total{backend=docker,verdict=TIME_LIMIT_EXCEEDED}", 1.0)
                .containsEntry("strategysandbox_strategies_total{backend=docker,verdict=REJECTED}", 0.0);
        assertThat(figure("strategy_timeouts_total")).isOne();
    }

    @Test
    void whatOthersHadLeftIsCounted() {
        monitor.close();
        backend.sweep = new Sweep(List.of("a", "b"), List.of("image:draft"), List.of("cannot remove c"), 4);
        monitor = ContainerMonitor.of(backend);

        assertThat(figure("orphans_found_total")).isEqualTo(4);
        assertThat(figure("orphans_removed_total")).isEqualTo(3);
        assertThat(figure("orphans_removal_failures_total")).isOne();
    }

    private static LeaseRequest request(String strategy) {
        return new LeaseRequest(strategy, Duration.ofMinutes(1));
    }

    private static ResourceUsage usage(long memory, long cpu) {
        return new ResourceUsage(OptionalLong.of(memory), OptionalLong.of(cpu), false);
    }

    private static List<What> happened(RunnerWatch watch) {
        return watch.trace().events().stream().map(Event::what).toList();
    }

    private List<Integer> runners() {
        Map<String, Double> samples = PrometheusText.parse(monitor.scrape()).samples();
        return List.of("starting", "running", "ended").stream()
                .map(state -> samples.get("strategysandbox_runners{backend=docker,state=" + state + "}")
                        .intValue())
                .toList();
    }

    private double figure(String name) {
        return PrometheusText.parse(monitor.scrape()).samples().get("strategysandbox_" + name + "{backend=docker}");
    }

    private double figure(String name, String strategy) {
        return PrometheusText.parse(monitor.scrape())
                .samples()
                .get("strategysandbox_" + name + "{backend=docker,strategy=" + strategy + "}");
    }

    /** Does as it is told. */
    private static final class FakeBackend implements Backend {
        private final Deque<ResourceUsage> usages = new ArrayDeque<>();
        private CountDownLatch looked = new CountDownLatch(0);
        private Optional<BackendException> failure = Optional.empty();
        private Optional<ExitStatus> exit = Optional.empty();
        private boolean stays;
        private Sweep sweep = Sweep.NONE;

        @Override
        public Isolation isolation() {
            return Isolation.DOCKER;
        }

        @Override
        public List<String> notEnforced() {
            return List.of();
        }

        @Override
        public Map<String, String> facts() {
            return Map.of();
        }

        @Override
        public Sweep swept() {
            return sweep;
        }

        @Override
        public Lease lease(LeaseRequest request) throws BackendException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return new FakeLease();
        }

        @Override
        public void close() {}

        private final class FakeLease implements Lease {
            @Override
            public String id() {
                return "lease-1";
            }

            @Override
            public String instance() {
                return "c1";
            }

            @Override
            public Optional<String> inspection() {
                return Optional.of("{\"Id\":\"c1\"}");
            }

            @Override
            public OutputStream stdin() {
                return OutputStream.nullOutputStream();
            }

            @Override
            public InputStream stdout() {
                return new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public InputStream stderr() {
                return InputStream.nullInputStream();
            }

            @Override
            public void kill() {}

            @Override
            public ResourceUsage usage() {
                synchronized (usages) {
                    looked.countDown();
                    return usages.isEmpty() ? ResourceUsage.UNKNOWN : usages.poll();
                }
            }

            @Override
            public Optional<ExitStatus> awaitExit(Duration timeout) {
                return exit;
            }

            @Override
            public void close() throws BackendException {
                if (stays) {
                    throw new BackendException("it stays");
                }
            }
        }
    }
}
