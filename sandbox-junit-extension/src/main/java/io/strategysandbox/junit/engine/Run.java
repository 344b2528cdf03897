package io.strategysandbox.junit.engine;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.market.BarsLoader;
import io.strategysandbox.junit.support.RunSettings;
import io.strategysandbox.junit.support.SharedSandboxes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.ExecutionRequest;

/** What all strategies of a run of tests share. Nothing is loaded or opened before one of them needs it. Thread-safe. */
final class Run {

    private final ExecutionRequest request;
    private final RunSettings settings;
    private final Cancellation cancellation;
    private final Publication publication;
    private final Map<Path, BarsLoader> bars = new ConcurrentHashMap<>();
    private Optional<SandboxConfig> config = Optional.empty();

    Run(ExecutionRequest request) {
        this.request = request;
        this.settings = settings(request.getConfigurationParameters());
        this.cancellation = Cancellation.of(request);
        this.publication = new Publication(request);
    }

    static RunSettings settings(ConfigurationParameters parameters) {
        return new RunSettings(parameters::get);
    }

    /** {@return the sandbox of this run, to be closed by nobody here} */
    Sandbox sandbox() throws BackendException, InterruptedException {
        return SharedSandboxes.in(request.getStore()).get(config());
    }

    private synchronized SandboxConfig config() {
        SandboxConfig known = config.orElseGet(() -> settings.asPromised(settings.config()));
        config = Optional.of(known);
        return known;
    }

    /**
     * Where bars come from.
     *
     * @param group the group that a strategy belongs to
     * @return the loader, the same for all strategies with the same folder of data
     */
    BarsLoader bars(GroupNode group) {
        return bars.computeIfAbsent(settings.data().orElseGet(group::data), BarsLoader::new);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Publication publication() {
        return publication;
    }
}
