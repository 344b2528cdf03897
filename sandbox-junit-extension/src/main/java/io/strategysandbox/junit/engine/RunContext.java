package io.strategysandbox.junit.engine;

import java.util.Optional;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;

/**
 * What a node of the tree knows when it is executed.
 *
 * @param run the run of tests
 * @param taken what became of the strategy that the node belongs to; empty above strategies
 */
record RunContext(Run run, Optional<Taken> taken) implements EngineExecutionContext {

    RunContext with(Taken strategy) {
        return new RunContext(run, Optional.of(strategy));
    }

    /** {@return what became of the strategy that a test belongs to} */
    Taken strategy() {
        return taken.orElseThrow(() -> new IllegalStateException("a test outside a strategy"));
    }
}
