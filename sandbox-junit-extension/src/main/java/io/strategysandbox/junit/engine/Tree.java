package io.strategysandbox.junit.engine;

import io.strategysandbox.core.config.ConfigException;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.Problem;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.junit.support.RunSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoveryIssue.Severity;
import org.junit.platform.engine.EngineDiscoveryListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;

/** The tree of strategies and their tests while it grows. What is added twice is there once. */
final class Tree {

    private final EngineNode root;
    private final DiscoveryIssueReporter issues;

    /** The strategies of which all tests were selected. */
    private final Set<UniqueId> whole = new HashSet<>();

    /** The tests that were selected one by one. */
    private final Set<UniqueId> single = new HashSet<>();

    Tree(UniqueId engine, EngineDiscoveryListener listener) {
        this.root = new EngineNode(engine);
        this.issues = DiscoveryIssueReporter.deduplicating(DiscoveryIssueReporter.forwarding(listener, engine));
    }

    /** {@return the root, with what was selected and nothing else} */
    EngineNode selected() {
        root.getDescendants().stream()
                .filter(TestNode.class::isInstance)
                .filter(test -> !single.contains(test.getUniqueId()))
                .filter(test -> test.getParent()
                        .filter(strategy -> whole.contains(strategy.getUniqueId()))
                        .isEmpty())
                .toList()
                .forEach(TestDescriptor::removeFromHierarchy);
        return root;
    }

    /** {@return whether there is something with an id} */
    boolean contains(UniqueId id) {
        return root.findByUniqueId(id).isPresent();
    }

    /**
     * Adds one test.
     *
     * @param test its id
     * @param adding adds the strategy that it belongs to, and tells whether it is there
     * @return whether there is such a test
     */
    boolean addOne(UniqueId test, BooleanSupplier adding) {
        UniqueId strategy = test.removeLastSegment();
        boolean selectedBefore = whole.contains(strategy);
        boolean there = adding.getAsBoolean();
        if (!selectedBefore) {
            whole.remove(strategy);
        }
        single.add(test);
        return there && contains(test);
    }

    /**
     * Adds strategies of a class.
     *
     * @param marker the class
     * @param only a directory below its folder; empty for all
     * @return whether there is such a strategy, or something that says why there is none
     */
    boolean add(Marker marker, Optional<String> only) {
        UniqueId id = root.getUniqueId().append(GroupNode.CLASS, marker.type().getName());
        try {
            Path named = RunSettings.existing(marker.annotation().value(), marker.toString());
            boolean alone = StrategyFolders.isStrategy(named);
            Path folder = alone ? Optional.ofNullable(named.getParent()).orElse(named) : named;
            List<Candidate> candidates = (alone
                            ? List.of(StrategyDiscovery.read(named))
                            : StrategyDiscovery.discover(named))
                    .stream()
                            .filter(candidate -> only.isEmpty() || only.get().equals(candidate.directory()))
                            .toList();
            GroupNode group = GroupNode.ofClass(id, marker, folder);
            if (!candidates.isEmpty()) {
                addAll(known(group), candidates);
            } else if (only.isEmpty()) {
                noStrategies(
                        known(group),
                        "there is no strategy in " + named + ", which " + marker + " names; add a folder with a "
                                + StrategyDiscovery.MANIFEST + ", or delete the class");
            }
            return !candidates.isEmpty() || only.isEmpty();
        } catch (ConfigException e) {
            noStrategies(known(GroupNode.ofClass(id, marker, Path.of("").toAbsolutePath())), e.getMessage());
            return true;
        }
    }

    private void noStrategies(GroupNode group, String reason) {
        TestSource source = group.getSource().orElseThrow();
        add(group, new NoStrategiesNode(group.getUniqueId(), source, reason));
        issues.reportIssue(DiscoveryIssue.builder(Severity.WARNING, reason).source(source));
    }

    /**
     * Adds strategies of a folder, with all their tests.
     *
     * @param folder the folder that was searched
     * @param candidates what was found there
     */
    void add(Path folder, List<Candidate> candidates) {
        UniqueId id = root.getUniqueId().append(GroupNode.FOLDER, folder.toString());
        addAll(known(GroupNode.ofFolder(id, folder)), candidates);
    }

    private GroupNode known(GroupNode group) {
        return add(root, group);
    }

    private void addAll(GroupNode group, List<Candidate> candidates) {
        candidates.forEach(candidate -> whole.add(add(group, candidate).getUniqueId()));
    }

    private StrategyNode add(GroupNode group, Candidate candidate) {
        UniqueId id = group.getUniqueId().append(StrategyNode.STRATEGY, candidate.directory());
        StrategyNode node = add(group, StrategyNode.of(id, group, candidate));
        if (candidate instanceof Candidate.Broken broken) {
            broken.problems().forEach(problem -> report(group.folder(), problem));
        }
        return node;
    }

    private void report(Path folder, Problem problem) {
        Path path = folder.resolve(problem.path());
        FileSource source = problem.line() > 0
                ? FileSource.from(
                        path.toFile(),
                        problem.column() > 0
                                ? FilePosition.from(problem.line(), problem.column())
                                : FilePosition.from(problem.line()))
                : FileSource.from(path.toFile());
        issues.reportIssue(DiscoveryIssue.builder(
                        Severity.WARNING, problem.path() + ": " + problem.rule() + ": " + problem.message())
                .source(source));
    }

    /** {@return the child with that id that was there before, or else the new one} */
    @SuppressWarnings("unchecked")
    private static <T extends TestDescriptor> T add(TestDescriptor parent, T child) {
        Optional<? extends TestDescriptor> known = parent.getChildren().stream()
                .filter(other -> other.getUniqueId().equals(child.getUniqueId()))
                .findFirst();
        if (known.isPresent()) {
            return (T) known.get();
        }
        parent.addChild(child);
        return child;
    }
}
