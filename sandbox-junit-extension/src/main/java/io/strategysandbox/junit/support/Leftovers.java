package io.strategysandbox.junit.support;

import io.strategysandbox.core.backend.LeaseTracker.OpenLease;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/** Tells what was leased and not closed, and fails whoever left it. */
public final class Leftovers {

    private static final String OURS = "io.strategysandbox.core.";

    private Leftovers() {}

    /**
     * Fails if something is left.
     *
     * @param who who leased it
     * @param open what is left
     * @throws AssertionFailedError if that is anything; where each was leased is suppressed in it
     */
    public static void refuse(String who, List<OpenLease> open) {
        if (!open.isEmpty()) {
            AssertionFailedError failure = new AssertionFailedError(
                    tell(who, open) + "\nclose each lease, and wait for what runs in other threads, before the end");
            open.forEach(lease -> failure.addSuppressed(lease.origin()));
            throw failure;
        }
    }

    /**
     * Tells that something is left.
     *
     * @param who who leased it
     * @param open what is left, at least one
     * @return the message, several lines
     */
    public static String tell(String who, List<OpenLease> open) {
        boolean one = open.size() == 1;
        return open.size() + (one ? " sandbox that " : " sandboxes that ") + who + " leased " + (one ? "was" : "were")
                + " still there when it ended (removed now)" + list(open);
    }

    /**
     * A line for each.
     *
     * @param open what is left
     * @return for each the lease's id, the container's or process's, what it was leased for, its state, and the code that
     *     leased it; each line begins with a line break
     */
    public static String list(List<OpenLease> open) {
        return open.stream().map(lease -> "\n  " + describe(lease)).collect(Collectors.joining());
    }

    private static String describe(OpenLease lease) {
        return lease.id().map(id -> "lease " + id).orElse("a lease without an id yet")
                + lease.instance().map(instance -> " (" + instance + ")").orElse("")
                + " for " + lease.strategy() + ", " + lease.state() + ", leased by thread " + lease.thread() + " at "
                + place(lease.origin());
    }

    /** The innermost frame that is not ours; of a thread of ours there may be none. */
    private static String place(Throwable origin) {
        return Arrays.stream(origin.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }
}
