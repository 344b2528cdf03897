package io.strategysandbox.junit;

import io.strategysandbox.core.SandboxScope;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.LeaseTracker.OpenLease;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test's or class's part of a sandbox. JUnit closes it when all callbacks of the test or class have ended, however. */
final class TestPart implements AutoCloseable {

    private static final String OURS = "io.strategysandbox.core.";

    private final SandboxScope scope;
    private final Cleanup cleanup;
    private final ExtensionContext context;

    TestPart(SandboxScope scope, Cleanup cleanup, ExtensionContext context) {
        this.scope = scope;
        this.cleanup = cleanup;
        this.context = context;
    }

    SandboxScope scope() {
        return scope;
    }

    /** Removes what is left, and fails the test for it. */
    @Override
    public void close() {
        List<OpenLease> left = scope.open();
        try {
            scope.close();
        } catch (BackendException e) {
            LeftoverError error = new LeftoverError("what " + context.getDisplayName()
                    + " leased could not be removed: " + e.getMessage() + list(left));
            error.initCause(e);
            throw error;
        }
        if (left.isEmpty()) {
            return;
        }
        String message = left.size()
                + (left.size() == 1 ? " sandbox that " : " sandboxes that ")
                + context.getDisplayName()
                + " leased " + (left.size() == 1 ? "was" : "were")
                + " still there when it ended (removed now)" + list(left);
        if (cleanup == Cleanup.LENIENT) {
            context.publishReportEntry(SandboxExtension.LEFT, message);
            return;
        }
        LeftoverError error = new LeftoverError(message
                + "\nclose each lease, and wait for what runs in other threads, before the test ends; or use cleanup ="
                + " LENIENT");
        left.forEach(lease -> error.addSuppressed(lease.origin()));
        throw error;
    }

    private static String list(List<OpenLease> left) {
        return left.stream().map(lease -> "\n  " + describe(lease)).collect(Collectors.joining());
    }

    private static String describe(OpenLease lease) {
        return lease.id().map(id -> "lease " + id).orElse("a lease")
                + lease.instance().map(instance -> " (" + instance + ")").orElse("")
                + " for " + lease.strategy() + ", " + lease.state() + ", leased by thread " + lease.thread() + " at "
                + place(lease.origin());
    }

    /** The innermost frame that is not ours, or nothing of the caller's is on that thread's stack. */
    private static String place(Throwable origin) {
        return Arrays.stream(origin.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }

    /** Something was left. */
    static final class LeftoverError extends AssertionError {
        private static final long serialVersionUID = 1;

        LeftoverError(String message) {
            super(message);
        }
    }
}
