package io.strategysandbox.junit.engine;

import java.util.Set;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;

/** One test of a strategy. */
final class TestNode extends AbstractTestDescriptor implements Node<RunContext> {

    private final Set<TestTag> tags;
    private final StrategyTests.Check check;

    TestNode(UniqueId id, String displayName, TestSource source, Set<TestTag> tags, StrategyTests.Check check) {
        super(id, displayName, source);
        this.tags = tags;
        this.check = check;
    }

    @Override
    public Set<TestTag> getTags() {
        return tags;
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }

    /** It only looks at what is there already. */
    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.SAME_THREAD;
    }

    @Override
    public RunContext execute(RunContext context, DynamicTestExecutor dynamicTests) {
        check.check(context.strategy());
        return context;
    }
}
