package io.strategysandbox.junit.engine;

import io.strategysandbox.core.backend.LeaseTracker.OpenLease;
import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/** Refuses runners that a strategy leaves behind. */
final class Leftovers {

    private Leftovers() {}

    /**
     * Fails if something is left.
     *
     * @param open what was leased and not closed
     * @throws AssertionFailedError if it is not empty; names each runner, its state and where it was leased
     */
    static void refuse(List<OpenLease> open) {
        if (open.isEmpty()) {
            return;
        }
        String lines = open.stream()
                .map(lease -> "\n  runner " + lease.id().orElse("without an id yet")
                        + lease.instance()
                                .map(instance -> " (" + instance + ")")
                                .orElse("")
                        + " is " + lease.state() + ", leased for " + lease.strategy() + " by thread " + lease.thread())
                .collect(Collectors.joining());
        AssertionFailedError failure = new AssertionFailedError(
                "runners are left that should be gone; they are removed now, and the causes tell where they were leased:"
                        + lines);
        open.forEach(lease -> failure.addSuppressed(lease.origin()));
        throw failure;
    }
}
