package io.strategysandbox.junit.engine;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxScope;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.backtest.Expectations;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.Manifest;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.junit.support.Leftovers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.DirectorySource;
import org.junit.platform.engine.support.descriptor.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.hierarchical.Node;

/** One strategy directory. It is taken the way once, however many of its tests there are. */
final class StrategyNode extends AbstractTestDescriptor implements Node<RunContext> {

    static final String STRATEGY = "strategy";

    private final GroupNode group;
    private final Candidate candidate;
    private final Set<TestTag> tags;

    private StrategyNode(UniqueId id, GroupNode group, Candidate candidate, TestSource source, Set<TestTag> tags) {
        super(id, candidate.directory(), source);
        this.group = group;
        this.candidate = candidate;
        this.tags = tags;
    }

    /** The node with all its tests. */
    static StrategyNode of(UniqueId id, GroupNode group, Candidate candidate) {
        Path directory = group.folder().resolve(candidate.directory());
        Path manifest = directory.resolve(StrategyDiscovery.MANIFEST);
        TestSource source = Files.isRegularFile(manifest)
                ? FileSource.from(manifest.toFile())
                : DirectorySource.from(directory.toFile());
        Set<TestTag> tags = new LinkedHashSet<>(group.getTags());
        if (candidate instanceof Candidate.Loaded loaded) {
            loaded.strategy().manifest().tags().stream().map(TestTag::create).forEach(tags::add);
        }
        StrategyNode node = new StrategyNode(id, group, candidate, source, Set.copyOf(tags));
        node.add("test", "validate", "validate", source, new StrategyTests.Validate());
        node.add("test", "backtest", "backtest", source, new StrategyTests.Backtest());
        if (candidate instanceof Candidate.Loaded loaded) {
            ManifestLines lines = ManifestLines.read(manifest);
            for (Manifest.Expectation expectation : loaded.strategy().manifest().expectations()) {
                TestSource line = lines.ofExpectation(expectation.metric())
                        .map(number -> (TestSource) FileSource.from(manifest.toFile(), FilePosition.from(number)))
                        .orElse(source);
                node.add(
                        "expect",
                        expectation.metric(),
                        "expect " + Expectations.text(expectation),
                        line,
                        new StrategyTests.Expect(expectation));
            }
        }
        return node;
    }

    private void add(String segment, String key, String name, TestSource source, StrategyTests.Check check) {
        String shown = group.namesStrategies() ? candidate.directory() + " " + name : name;
        addChild(new TestNode(getUniqueId().append(segment, key), shown, source, tags, check));
    }

    Candidate candidate() {
        return candidate;
    }

    @Override
    public Set<TestTag> getTags() {
        return tags;
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public void around(RunContext context, Invocation<RunContext> tests) throws Exception {
        if (candidate instanceof Candidate.Broken broken) {
            tests.invoke(context.with(new Taken.Broken(broken)));
            return;
        }
        Run run = context.run();
        try (SandboxScope scope = run.cancellation().during(run::sandbox).scope()) {
            Sandbox sandbox = scope.sandbox();
            BacktestResult result = run.cancellation().during(() -> sandbox.backtest(candidate, run.bars(group)));
            Taken taken = new Taken.Ended(result, run.publication().publish(this, sandbox, result));
            tests.invoke(context.with(taken));
            Leftovers.refuse(candidate.name(), scope.open());
        }
    }
}
