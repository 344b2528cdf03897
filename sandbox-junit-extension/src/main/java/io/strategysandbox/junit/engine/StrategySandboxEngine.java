package io.strategysandbox.junit.engine;

import io.strategysandbox.core.Sandbox;
import java.util.Optional;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.hierarchical.ForkJoinPoolHierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;

/**
 * Runs strategy directories as tests: a directory with a {@code strategy.yaml} is a container, and {@code validate}, {@code
 * backtest} and each line of its {@code expect} are the tests in it. Strategies run beside each other, as many as {@code
 * sandbox.parallelism} says (0, the default: as many as fit into this machine).
 *
 * <p>Found are: a directory that is a strategy or holds some at any depth, its manifest, either as a URI, those below a root
 * of the class path, a class with {@link io.strategysandbox.junit.StrategyDirectory}, and the unique id of any of these.
 * Nothing else is looked at: where none is selected, this engine costs nothing.
 *
 * <p>A manifest that cannot be used is no reason not to run the others. So it is a warning of the discovery, with file, line
 * and column, and a failing {@code validate}; as an error it would stop all of this engine's tests.
 *
 * @since 0.1.0
 */
public final class StrategySandboxEngine extends HierarchicalTestEngine<RunContext> {

    /** The engine's id. */
    public static final String ID = "strategy-sandbox";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Optional<String> getGroupId() {
        return Optional.of("io.strategysandbox");
    }

    @Override
    public Optional<String> getArtifactId() {
        return Optional.of("sandbox-junit-extension");
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        return new Discovery(request, uniqueId).discover();
    }

    @Override
    protected HierarchicalTestExecutorService createExecutorService(ExecutionRequest request) {
        int strategies = strategies(request.getRootTestDescriptor());
        int parallelism = strategies > 1
                ? Math.min(
                        strategies,
                        Sandbox.parallelism(Run.settings(request.getConfigurationParameters())
                                .config()))
                : 1;
        return parallelism > 1
                ? new ForkJoinPoolHierarchicalTestExecutorService(new FixedParallelism(parallelism))
                : super.createExecutorService(request);
    }

    private static int strategies(TestDescriptor root) {
        return (int) root.getDescendants().stream()
                .filter(StrategyNode.class::isInstance)
                .count();
    }

    @Override
    protected RunContext createExecutionContext(ExecutionRequest request) {
        return new RunContext(new Run(request), Optional.empty());
    }
}
