package io.strategysandbox.junit;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxScope;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.LeaseTracker.OpenLease;
import io.strategysandbox.junit.support.Leftovers;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * One test's or class's part of a sandbox. JUnit closes it when all callbacks of the test or class have ended, however; also
 * where it is set not to close what is merely {@code AutoCloseable}.
 */
@SuppressWarnings("deprecation")
final class TestPart implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private final Sandbox whole;
    private final SandboxScope scope;
    private final Cleanup cleanup;
    private final ExtensionContext context;

    TestPart(Sandbox whole, Cleanup cleanup, ExtensionContext context) {
        this.whole = whole;
        this.scope = whole.scope();
        this.cleanup = cleanup;
        this.context = context;
    }

    SandboxScope scope() {
        return scope;
    }

    /** {@return the sandbox that this is a part of} */
    Sandbox whole() {
        return whole;
    }

    /** Removes what is left, and fails the test for it. */
    @Override
    public void close() {
        // An interrupt was meant for the test; it must not keep this from looking and cleaning up.
        boolean interrupted = Thread.interrupted();
        try {
            cleanUp();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void cleanUp() {
        List<OpenLease> left = scope.stop();
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
