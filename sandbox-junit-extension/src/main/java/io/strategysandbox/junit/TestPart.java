package io.strategysandbox.junit;

import io.strategysandbox.core.SandboxScope;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.LeaseTracker.OpenLease;
import io.strategysandbox.junit.support.Leftovers;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/** One test's or class's part of a sandbox. JUnit closes it when all callbacks of the test or class have ended, however. */
final class TestPart implements AutoCloseable {

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
        String who = context.getDisplayName();
        try {
            scope.close();
        } catch (BackendException e) {
            throw new AssertionFailedError(
                    "what " + who + " leased could not be removed: " + e.getMessage() + Leftovers.list(left), e);
        }
        if (cleanup == Cleanup.STRICT) {
            Leftovers.refuse(who, left);
        } else if (!left.isEmpty()) {
            context.publishReportEntry(SandboxExtension.LEFT, Leftovers.tell(who, left));
        }
    }
}
