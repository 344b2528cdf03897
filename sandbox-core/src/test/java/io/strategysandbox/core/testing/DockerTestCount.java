package io.strategysandbox.core.testing;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end how many tests against a real engine ran, so that a run without them cannot pass for one with. */
public final class DockerTestCount implements TestExecutionListener {

    private static final TestTag DOCKER = TestTag.create(RequiresDocker.TAG);

    private final AtomicInteger run = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();
    private volatile Optional<TestPlan> running = Optional.empty();

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        running = Optional.of(plan);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() && isTagged(test)) {
            run.incrementAndGet();
        }
    }

    /** A dynamic test has no tags of its own; what made it does. */
    private boolean isTagged(TestIdentifier test) {
        return test.getTags().contains(DOCKER)
                || running.flatMap(plan -> plan.getParent(test))
                        .map(this::isTagged)
                        .orElse(false);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (test.getTags().contains(DOCKER)) {
            skipped.incrementAndGet();
        }
    }

    @Override
    @SuppressWarnings("SystemOut")
    public void testPlanExecutionFinished(TestPlan plan) {
        if (run.get() + skipped.get() > 0) {
            System.out.println("Docker tests: " + run.get() + " ran, " + skipped.get() + " classes or tests skipped");
        }
    }
}
