package io.strategysandbox.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.backend.LeaseTracker.OpenLease;
import io.strategysandbox.core.backend.local.LocalExecutor;
import io.strategysandbox.core.config.ConfigLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaseTrackerTest {

    private static final LeaseRequest REQUEST = new LeaseRequest("sma", Duration.ofMinutes(5));

    private Backend whole;
    private LeaseTracker tracker;

    @BeforeEach
    void open() throws Exception {
        whole = LocalExecutor.open(ConfigLoader.defaults().docker());
        tracker = new LeaseTracker(whole);
    }

    @AfterEach
    void close() throws Exception {
        tracker.close();
        whole.close();
    }

    private static boolean isAlive(Lease lease) {
        return ProcessHandle.of(Long.parseLong(lease.instance()))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    @Test
    void knowsWhatIsLeasedAndByWhom() throws Exception {
        Lease lease = tracker.lease(REQUEST);

        assertThat(tracker.open()).singleElement().satisfies(open -> {
            assertThat(open.id()).contains(lease.id());
            assertThat(open.instance()).contains(lease.instance());
            assertThat(open.strategy()).isEqualTo("sma");
            assertThat(open.state()).isEqualTo("running");
            assertThat(open.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(open.origin().getStackTrace())
                    .anySatisfy(frame -> assertThat(frame.getClassName())
                            .isEqualTo(getClass().getName()));
        });
        lease.close();
        assertThat(tracker.open()).isEmpty();
    }

    @Test
    void whatHasEndedAndIsNotClosedIsStillThere() throws Exception {
        Lease lease = tracker.lease(REQUEST);
        lease.kill();
        lease.awaitExit(Duration.ofSeconds(10));

        assertThat(tracker.open())
                .extracting(OpenLease::state)
                .singleElement()
                .asString()
                .startsWith("ended with exit code");
    }

    @Test
    void closingDestroysItsOwnLeasesAndNoOthers() throws Exception {
        Lease own = tracker.lease(REQUEST);
        Lease foreign = whole.lease(REQUEST);

        tracker.close();

        assertThat(isAlive(own)).isFalse();
        assertThat(isAlive(foreign)).isTrue();
        assertThat(tracker.open()).isEmpty();
    }

    @Test
    void leasesNothingWhenItIsClosed() throws Exception {
        tracker.close();

        assertThatThrownBy(() -> tracker.lease(REQUEST))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("no runner is leased for sma: this sandbox is closed");
        assertThat(tracker.open()).isEmpty();
    }

    /** The real backend, which waits before it starts a runner, or fails to destroy it. */
    private static final class Slow implements Backend {
        private final Backend backend;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private volatile boolean stubborn;
        private volatile Lease given;

        Slow(Backend backend) {
            this.backend = backend;
        }

        @Override
        public Lease lease(LeaseRequest request) throws BackendException, InterruptedException {
            asked.countDown();
            go.await();
            given = backend.lease(request);
            return new ForwardingLease(given) {
                @Override
                public void close() throws BackendException {
                    if (stubborn) {
                        throw new BackendException("does not want to go");
                    }
                    super.close();
                }
            };
        }

        @Override
        public Isolation isolation() {
            return backend.isolation();
        }

        @Override
        public List<String> notEnforced() {
            return backend.notEnforced();
        }

        @Override
        public Map<String, String> facts() {
            return backend.facts();
        }

        @Override
        public void close() throws BackendException {
            backend.close();
        }
    }

    /** Whoever leased and whoever closes meet at the lease, in any order. */
    @RepeatedTest(20)
    void whatIsBeingStartedWhenItIsClosedIsAwaitedAndDestroyed() throws Exception {
        Slow slow = new Slow(whole);
        LeaseTracker late = new LeaseTracker(slow);
        CompletableFuture<Lease> leasing = CompletableFuture.supplyAsync(() -> {
            try {
                return late.lease(REQUEST);
            } catch (BackendException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        slow.asked.await();
        assertThat(late.open()).singleElement().satisfies(open -> {
            assertThat(open.id()).isEmpty();
            assertThat(open.state()).isEqualTo("starting");
        });
        CompletableFuture<Optional<BackendException>> closing = CompletableFuture.supplyAsync(() -> {
            try {
                late.close();
                return Optional.empty();
            } catch (BackendException e) {
                return Optional.of(e);
            }
        });
        assertThat(closing).isNotDone();
        slow.go.countDown();

        assertThat(closing.get()).isEmpty();
        assertThatThrownBy(leasing::get).hasMessageContaining("this sandbox is closed");
        assertThat(late.open()).isEmpty();
        assertThat(isAlive(slow.given)).isFalse();
    }

    @Test
    void whatCannotBeDestroyedStaysInTheAccount() throws Exception {
        Slow slow = new Slow(whole);
        slow.go.countDown();
        LeaseTracker stuck = new LeaseTracker(slow);
        Lease lease = stuck.lease(REQUEST);
        slow.stubborn = true;

        assertThatThrownBy(stuck::close).hasMessageContaining("does not want to go");
        assertThat(stuck.open()).extracting(OpenLease::id).containsExactly(Optional.of(lease.id()));

        slow.stubborn = false;
        stuck.close();
        assertThat(stuck.open()).isEmpty();
        assertThat(isAlive(lease)).isFalse();
    }
}
