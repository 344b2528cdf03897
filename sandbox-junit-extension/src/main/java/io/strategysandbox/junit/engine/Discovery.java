package io.strategysandbox.junit.engine;

import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.SelectorResolutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.ClasspathRootSelector;
import org.junit.platform.engine.discovery.DirectorySelector;
import org.junit.platform.engine.discovery.FileSelector;
import org.junit.platform.engine.discovery.ModuleSelector;
import org.junit.platform.engine.discovery.PackageNameFilter;
import org.junit.platform.engine.discovery.PackageSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.discovery.UriSelector;

/**
 * Turns selectors into the tree of strategies and their tests. A unique id names the folder that was searched, or the class,
 * the directory below it, and the test, so that any of these is found again by its id alone:
 *
 * <pre>{@code
 * [engine:strategy-sandbox]/[folder:/work/strategies]/[strategy:sma-crossover]/[expect:trades]
 * [engine:strategy-sandbox]/[class:com.example.StrategiesTest]/[strategy:sma-crossover]/[test:backtest]
 * }</pre>
 */
final class Discovery {

    private final EngineDiscoveryRequest request;
    private final UniqueId engine;
    private final Tree tree;

    Discovery(EngineDiscoveryRequest request, UniqueId engine) {
        this.request = request;
        this.engine = engine;
        this.tree = new Tree(engine, request.getDiscoveryListener());
    }

    EngineNode discover() {
        for (DiscoverySelector selector : request.getSelectorsByType(DiscoverySelector.class)) {
            request.getDiscoveryListener().selectorProcessed(engine, selector, process(selector));
        }
        return tree.selected();
    }

    private SelectorResolutionResult process(DiscoverySelector selector) {
        try {
            return select(selector) ? SelectorResolutionResult.resolved() : SelectorResolutionResult.unresolved();
        } catch (RuntimeException e) {
            return SelectorResolutionResult.failed(e);
        } catch (LinkageError e) {
            // A class that lacks others is none of ours, and its own engine says so better.
            return SelectorResolutionResult.unresolved();
        }
    }

    /** {@return whether there is something of ours, be it skipped} */
    private boolean select(DiscoverySelector selector) {
        if (selector instanceof DirectorySelector directory) {
            return directory(directory.getPath());
        }
        if (selector instanceof FileSelector file) {
            return file(file.getPath());
        }
        if (selector instanceof UriSelector uri) {
            return uri(uri.getUri());
        }
        if (selector instanceof ClasspathRootSelector classpath) {
            return classpathRoot(classpath.getClasspathRoot());
        }
        if (selector instanceof PackageSelector inPackage) {
            return classes(ReflectionSupport.findAllClassesInPackage(
                    inPackage.getPackageName(), Discovery::isMarked, nameFilter()));
        }
        if (selector instanceof ModuleSelector module) {
            return classes(ReflectionSupport.findAllClassesInModule(
                    module.getModuleName(), Discovery::isMarked, nameFilter()));
        }
        if (selector instanceof ClassSelector one) {
            return loaded(one.getClassName(), Optional.ofNullable(one.getClassLoader()))
                    .map(type -> classes(List.of(type)))
                    .orElse(false);
        }
        return selector instanceof UniqueIdSelector id && uniqueId(id.getUniqueId());
    }

    private boolean skip() {
        return Run.settings(request.getConfigurationParameters()).skip();
    }

    private boolean directory(Path selected) {
        Path folder = selected.toAbsolutePath().normalize();
        if (StrategyFolders.isStrategy(folder)) {
            return strategy(folder);
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        List<Candidate> candidates = StrategyFolders.among(folder);
        if (candidates.isEmpty() || skip()) {
            return !candidates.isEmpty();
        }
        tree.add(folder, candidates);
        return true;
    }

    /** A strategy directory alone is one of the folder that holds it. */
    private boolean strategy(Path directory) {
        if (!skip()) {
            Path parent = Optional.ofNullable(directory.getParent()).orElse(directory);
            tree.add(parent, List.of(StrategyDiscovery.read(directory)));
        }
        return true;
    }

    private boolean file(Path selected) {
        Path file = selected.toAbsolutePath().normalize();
        boolean manifest = file.endsWith(StrategyDiscovery.MANIFEST) && Files.isRegularFile(file);
        return manifest && strategy(file.getParent());
    }

    private boolean uri(URI uri) {
        if (!"file".equalsIgnoreCase(uri.getScheme()) || uri.getPath() == null) {
            return false;
        }
        // A query names a line, and no path has one.
        Path path = Path.of(URI.create("file://" + uri.getRawPath()));
        return Files.isDirectory(path) ? directory(path) : file(path);
    }

    private boolean classpathRoot(URI uri) {
        boolean marked =
                classes(ReflectionSupport.findAllClassesInClasspathRoot(uri, Discovery::isMarked, nameFilter()));
        boolean folder = "file".equalsIgnoreCase(uri.getScheme()) && Files.isDirectory(Path.of(uri));
        if (!folder) {
            return marked;
        }
        Path path = Path.of(uri).toAbsolutePath().normalize();
        List<Candidate> strategies = StrategyFolders.among(path);
        if (!strategies.isEmpty() && !skip()) {
            tree.add(path, strategies);
        }
        return marked || !strategies.isEmpty();
    }

    private Predicate<String> nameFilter() {
        Predicate<String> names = Filter.composeFilters(request.getFiltersByType(ClassNameFilter.class))
                .toPredicate();
        Predicate<String> packages = Filter.composeFilters(request.getFiltersByType(PackageNameFilter.class))
                .toPredicate();
        return name -> names.test(name) && packages.test(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
    }

    private static boolean isMarked(Class<?> type) {
        return Marker.of(type).isPresent();
    }

    private static Optional<Class<?>> loaded(String name, Optional<ClassLoader> loader) {
        // Whoever selects a class that is not there hears of it from Jupiter.
        return loader.map(from -> ReflectionSupport.tryToLoadClass(name, from))
                .orElseGet(() -> ReflectionSupport.tryToLoadClass(name))
                .toOptional();
    }

    private boolean classes(List<Class<?>> types) {
        List<Marker> markers =
                types.stream().map(Marker::of).flatMap(Optional::stream).toList();
        if (!markers.isEmpty() && !skip()) {
            markers.forEach(marker -> tree.add(marker, Optional.empty()));
        }
        return !markers.isEmpty();
    }

    private boolean uniqueId(UniqueId id) {
        if (!id.hasPrefix(engine)) {
            return false;
        }
        List<UniqueId.Segment> path = id.getSegments()
                .subList(engine.getSegments().size(), id.getSegments().size());
        if (path.isEmpty() || skip()) {
            return true;
        }
        Optional<String> directory = path.stream()
                .filter(segment -> segment.getType().equals(StrategyNode.STRATEGY))
                .map(UniqueId.Segment::getValue)
                .findFirst();
        return directory.isPresent() && path.size() > 2
                ? tree.addOne(id, () -> group(path.get(0), directory))
                : group(path.get(0), directory) && tree.contains(id);
    }

    private boolean group(UniqueId.Segment segment, Optional<String> only) {
        return switch (segment.getType()) {
            case GroupNode.FOLDER -> {
                Path folder = Path.of(segment.getValue()).toAbsolutePath().normalize();
                if (only.isEmpty()) {
                    yield directory(folder);
                }
                Optional<Candidate> candidate = StrategyFolders.one(folder, only.get());
                candidate.ifPresent(found -> tree.add(folder, List.of(found)));
                yield candidate.isPresent();
            }
            case GroupNode.CLASS ->
                loaded(segment.getValue(), Optional.empty())
                        .flatMap(Marker::of)
                        .map(marker -> tree.add(marker, only))
                        .orElse(false);
            default -> false;
        };
    }
}
