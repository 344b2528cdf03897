package io.strategysandbox.junit.support;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.SandboxConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/**
 * The sandboxes of a run of tests: one for each configuration, opened when it is first asked for, used by all tests with
 * that configuration, closed at the end of the run. Thread-safe.
 */
public final class SharedSandboxes implements AutoCloseable {

    /** Under what it is kept by whoever keeps things for a whole run. */
    public static final String KEY = SharedSandboxes.class.getName();

    /** The only part of the namespace it is kept in. */
    public static final String NAMESPACE = "io.strategysandbox";

    private final Map<SandboxConfig, Sandbox> sandboxes = new HashMap<>();
    private boolean closed;

    /**
     * The sandboxes that are kept in a store of the platform. Jupiter finds the same ones in its store of the scope {@code
     * EXECUTION_REQUEST}, in the namespace {@link #NAMESPACE} under {@link #KEY}.
     *
     * @param store the store of a whole run, which closes them when it is closed
     * @return the sandboxes, made if there are none yet
     */
    public static SharedSandboxes in(NamespacedHierarchicalStore<Namespace> store) {
        return store.getOrComputeIfAbsent(
                Namespace.create(NAMESPACE), KEY, key -> new SharedSandboxes(), SharedSandboxes.class);
    }

    /**
     * The sandbox of a configuration.
     *
     * @param config the configuration
     * @return the sandbox, which stays open until the end of the run
     * @throws BackendException if the configured backend cannot be used
     * @throws InterruptedException if the thread was interrupted
     */
    public synchronized Sandbox get(SandboxConfig config) throws BackendException, InterruptedException {
        if (closed) {
            throw new IllegalStateException("the run of tests is over, and its sandboxes are closed");
        }
        Sandbox known = sandboxes.get(config);
        if (known == null) {
            known = Sandbox.open(config, new Loud());
            sandboxes.put(config, known);
        }
        return known;
    }

    /**
     * Closes all.
     *
     * @throws BackendException if something is left, naming it
     */
    @Override
    public synchronized void close() throws BackendException {
        closed = true;
        List<BackendException> failures = new ArrayList<>();
        for (Sandbox sandbox : sandboxes.values()) {
            try {
                sandbox.close();
            } catch (BackendException e) {
                failures.add(e);
            }
        }
        sandboxes.clear();
        if (!failures.isEmpty()) {
            BackendException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Standard error is what every runner of tests shows. */
    @SuppressWarnings("SystemOut")
    private static final class Loud implements SandboxListener {
        @Override
        public void warning(String message) {
            System.err.println("[sandbox] WARNING: " + message);
        }

        @Override
        public void progress(String message) {
            System.err.println("[sandbox] " + message);
        }
    }
}
