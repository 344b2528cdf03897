package io.strategysandbox.junit.engine;

import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;
import org.opentest4j.AssertionFailedError;

/** What a class has instead of strategies: a test that fails, since one that is not there fails nothing. */
final class NoStrategiesNode extends AbstractTestDescriptor implements Node<RunContext> {

    static final String NAME = "strategies";

    private final String reason;

    NoStrategiesNode(UniqueId group, TestSource source, String reason) {
        super(group.append("test", NAME), NAME, source);
        this.reason = reason;
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }

    @Override
    public RunContext execute(RunContext context, DynamicTestExecutor dynamicTests) {
        throw new AssertionFailedError(reason);
    }
}
