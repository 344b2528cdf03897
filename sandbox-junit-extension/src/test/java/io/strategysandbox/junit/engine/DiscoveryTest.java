package io.strategysandbox.junit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUri;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;

/** What is selected is found, and nothing else. */
class DiscoveryTest {

    private static final List<String> ALL =
            List.of("dataless", "draft", "exits", "group/hopeful", "misspelt", "thrower", "trader");

    @Test
    void aFolderHasItsStrategiesAtAnyDepth() {
        EngineDiscoveryResults found = Strategies.discover(selectDirectory(Strategies.FOLDER.toFile()));

        assertThat(Strategies.strategies(found))
                .containsExactlyElementsOf(
                        ALL.stream().map(Strategies::strategy).toList());
    }

    @Test
    void aStrategyHasATestForEachQuestion() {
        EngineDiscoveryResults found = Strategies.discover(
                selectDirectory(Strategies.FOLDER.resolve("trader").toFile()));

        UniqueId trader = Strategies.strategy("trader");
        assertThat(Strategies.tests(found))
                .containsExactly(
                        trader.append("test", "validate"),
                        trader.append("test", "backtest"),
                        trader.append("expect", "trades"),
                        trader.append("expect", "maxDrawdown"));
        assertThat(found.getEngineDescriptor().getDescendants())
                .extracting(TestDescriptor::getDisplayName)
                .containsExactly(
                        Strategies.FOLDER.toString(),
                        "trader",
                        "validate",
                        "backtest",
                        "expect trades >= 3",
                        "expect maxDrawdown <= 0.9");
    }

    @Test
    void testsComeFromTheLinesOfTheManifest() {
        EngineDiscoveryResults found = Strategies.discover(
                selectDirectory(Strategies.FOLDER.resolve("trader").toFile()));
        Path manifest = Strategies.FOLDER.resolve("trader/strategy.yaml");

        assertThat(found.getEngineDescriptor().getDescendants().stream()
                        .filter(TestDescriptor::isTest)
                        .map(test -> test.getSource().orElseThrow()))
                .containsExactly(
                        FileSource.from(manifest.toFile()),
                        FileSource.from(manifest.toFile()),
                        FileSource.from(manifest.toFile(), FilePosition.from(5)),
                        FileSource.from(manifest.toFile(), FilePosition.from(7)));
    }

    @Test
    void aManifestOrAUriIsItsStrategy() {
        Path directory = Strategies.FOLDER.resolve("group/hopeful");
        Path manifest = directory.resolve("strategy.yaml");
        UniqueId expected = Strategies.in(Strategies.FOLDER.resolve("group"), "hopeful");

        for (DiscoverySelector selector : List.of(
                selectFile(manifest.toFile()),
                selectUri(manifest.toUri()),
                selectUri(URI.create(manifest.toUri() + "?line=3")),
                selectUri(directory.toUri()))) {
            assertThat(Strategies.strategies(Strategies.discover(selector)))
                    .as("%s", selector)
                    .containsExactly(expected);
        }
        assertThat(Strategies.strategies(Strategies.discover(selectUri(Strategies.FOLDER.toUri()))))
                .hasSameSizeAs(ALL);
    }

    @Test
    void whatIsSelectedTwiceIsThereOnce() {
        EngineDiscoveryResults found = Strategies.discover(
                selectUniqueId(Strategies.strategy("trader").append("test", "backtest")),
                selectDirectory(Strategies.FOLDER.resolve("trader").toFile()),
                selectFile(Strategies.FOLDER.resolve("trader/strategy.yaml").toFile()),
                selectUniqueId(Strategies.strategy("trader").append("test", "validate")));

        assertThat(Strategies.tests(found)).hasSize(4);
    }

    @Test
    void aUniqueIdAloneFindsEveryPartOfTheTree() {
        List<DiscoverySelector> trees =
                List.of(selectDirectory(Strategies.FOLDER.toFile()), selectClass(Marked.All.class));
        for (DiscoverySelector tree : trees) {
            Set<? extends TestDescriptor> parts =
                    Strategies.discover(tree).getEngineDescriptor().getDescendants();
            assertThat(parts).hasSizeGreaterThan(20);
            for (TestDescriptor part : parts) {
                EngineDiscoveryResults found = Strategies.discover(selectUniqueId(part.getUniqueId()));

                assertThat(Strategies.tests(found)).as("%s", part).containsExactlyElementsOf(testsOf(part));
                assertThat(found.getEngineDescriptor().findByUniqueId(part.getUniqueId()))
                        .isPresent();
            }
        }
    }

    private static List<UniqueId> testsOf(TestDescriptor part) {
        return part.isTest()
                ? List.of(part.getUniqueId())
                : part.getDescendants().stream()
                        .filter(TestDescriptor::isTest)
                        .map(TestDescriptor::getUniqueId)
                        .toList();
    }

    /** As the engine of suites asks: below an id of its own. */
    @Test
    void anEngineBelowAnotherFindsItsOwnIds() {
        UniqueId engine = UniqueId.forEngine("suites").append("suite", "Mine").appendEngine(StrategySandboxEngine.ID);
        TestDescriptor all = discoverBelow(engine, selectDirectory(Strategies.FOLDER.toFile()));
        assertThat(all.getDescendants())
                .hasSizeGreaterThan(20)
                .allMatch(part -> part.getUniqueId().hasPrefix(engine));

        TestDescriptor test = all.getDescendants().stream()
                .filter(TestDescriptor::isTest)
                .findFirst()
                .orElseThrow();
        assertThat(discoverBelow(engine, selectUniqueId(test.getUniqueId())).getDescendants())
                .filteredOn(TestDescriptor::isTest)
                .extracting(TestDescriptor::getUniqueId)
                .containsExactly(test.getUniqueId());
    }

    private static TestDescriptor discoverBelow(UniqueId engine, DiscoverySelector selector) {
        return new StrategySandboxEngine()
                .discover(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector)
                                .build(),
                        engine);
    }

    @Test
    void aUniqueIdOfWhatIsNotThereFindsNothing() {
        for (UniqueId id : List.of(
                Strategies.strategy("no-such-strategy").append("test", "validate"),
                Strategies.strategy("../strategies/trader").append("test", "validate"),
                Strategies.strategy("trader").append("expect", "sharpe"),
                Strategies.in(Marked.Unmarked.class, "trader"),
                Strategies.ENGINE.append("folder", "/no/such/folder"),
                UniqueId.forEngine("other").append("folder", Strategies.FOLDER.toString()))) {
            EngineDiscoveryResults found = Strategies.discover(selectUniqueId(id));
            assertThat(Strategies.tests(found)).as("%s", id).isEmpty();
        }
    }

    @Test
    void aMarkedClassHasTheStrategiesOfItsFolder() {
        EngineDiscoveryResults found = Strategies.discover(selectClass(Marked.All.class));

        assertThat(Strategies.strategies(found))
                .containsExactlyElementsOf(ALL.stream()
                        .map(directory -> Strategies.in(Marked.All.class, directory))
                        .toList());
        TestDescriptor group =
                found.getEngineDescriptor().getChildren().iterator().next();
        assertThat(group.getSource()).contains(ClassSource.from(Marked.All.class));
        assertThat(names(found)).contains("trader validate", "trader expect trades >= 3", "group/hopeful backtest");
        assertThat(Strategies.strategies(Strategies.discover(selectClass(Marked.One.class))))
                .containsExactly(Strategies.in(Marked.One.class, "trader"));
    }

    private static List<String> names(EngineDiscoveryResults found) {
        return found.getEngineDescriptor().getDescendants().stream()
                .map(TestDescriptor::getDisplayName)
                .collect(Collectors.toList());
    }

    @Test
    void aMarkedClassWithoutStrategiesIsATestAndAWarning() {
        for (Class<?> marker : List.of(Marked.Empty.class, Marked.Nowhere.class)) {
            EngineDiscoveryResults found = Strategies.discover(selectClass(marker));

            assertThat(Strategies.tests(found))
                    .containsExactly(
                            Strategies.ENGINE.append("class", marker.getName()).append("test", "strategies"));
            assertThat(found.getDiscoveryIssues()).singleElement().satisfies(issue -> {
                assertThat(issue.severity()).isEqualTo(DiscoveryIssue.Severity.WARNING);
                assertThat(issue.source()).contains(ClassSource.from(marker));
                assertThat(issue.message()).contains(marker.getName());
            });
        }
    }

    @Test
    void whatIsWrongWithADirectoryIsAWarningWithItsPlace() {
        EngineDiscoveryResults found = Strategies.discover(selectDirectory(Strategies.FOLDER.toFile()));

        assertThat(found.getDiscoveryIssues())
                .extracting(DiscoveryIssue::severity, issue -> issue.source().orElseThrow())
                .containsExactly(tuple(
                        DiscoveryIssue.Severity.WARNING,
                        FileSource.from(
                                Strategies.FOLDER
                                        .resolve("misspelt/strategy.yaml")
                                        .toFile(),
                                FilePosition.from(5, 1))));
        assertThat(found.getDiscoveryIssues().get(0).message()).contains("cashh is not a known key");
        assertThat(Strategies.tests(found))
                .contains(
                        Strategies.strategy("misspelt").append("test", "validate"),
                        Strategies.strategy("misspelt").append("test", "backtest"));
    }

    @Test
    void tagsComeFromTheManifestAndTheClass() {
        assertThat(tagsOf(selectDirectory(Strategies.FOLDER.resolve("trader").toFile())))
                .containsExactlyInAnyOrder(TestTag.create("steady"), TestTag.create("daily"));
        assertThat(tagsOf(selectUniqueId(Strategies.in(Marked.All.class, "trader"))))
                .containsExactlyInAnyOrder(TestTag.create("steady"), TestTag.create("daily"), TestTag.create("marked"));

        EngineDiscoveryResults daily = Strategies.select(selectDirectory(Strategies.FOLDER.toFile()))
                .filters(TagFilter.includeTags("daily"))
                .discover();
        assertThat(Strategies.strategies(daily)).containsExactly(Strategies.strategy("trader"));
        EngineDiscoveryResults others = Strategies.select(selectDirectory(Strategies.FOLDER.toFile()))
                .filters(TagFilter.excludeTags("steady"))
                .discover();
        assertThat(Strategies.strategies(others)).hasSize(ALL.size() - 2);
    }

    private static Set<TestTag> tagsOf(DiscoverySelector selector) {
        Set<TestTag> tags = Strategies.discover(selector).getEngineDescriptor().getDescendants().stream()
                .filter(TestDescriptor::isTest)
                .flatMap(test -> test.getTags().stream())
                .collect(Collectors.toSet());
        assertThat(tags).isNotEmpty();
        return tags;
    }

    @Test
    void aRootOfTheClassPathHasMarkedClassesAndStrategies(@TempDir Path root) throws IOException {
        Path classes = Path.of("target/test-classes").toAbsolutePath();
        DiscoverySelector selector = selectClasspathRoots(Set.of(classes)).get(0);

        EngineDiscoveryResults marked = Strategies.select(selector)
                .filters(Strategies.classNames(".*Marked\\$(One|Unmarked)"))
                .discover();
        assertThat(Strategies.strategies(marked)).containsExactly(Strategies.in(Marked.One.class, "trader"));

        copy(Strategies.FOLDER.resolve("trader"), root.resolve("resources/trader"));
        Files.createDirectories(root.resolve("empty"));
        Files.createDirectories(root.resolve("sources"));
        Files.writeString(root.resolve("sources/Main.java"), "class Main {}");
        EngineDiscoveryResults strategies =
                Strategies.discover(selectClasspathRoots(Set.of(root)).get(0));
        assertThat(Strategies.strategies(strategies)).containsExactly(Strategies.in(root, "resources/trader"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String file : List.of("strategy.yaml", "Trader.java")) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }

    @Test
    void aPackageHasItsMarkedClasses() {
        EngineDiscoveryResults found = Strategies.select(selectPackage("io.strategysandbox.junit.engine"))
                .filters(Strategies.classNames(".*WithData"))
                .discover();

        assertThat(Strategies.strategies(found)).containsExactly(Strategies.in(Marked.WithData.class, "hopeful"));
    }

    @Test
    void filtersOfClassesHideNoDirectories() {
        EngineDiscoveryResults found = Strategies.select(selectDirectory(Strategies.FOLDER.toFile()))
                .filters(Strategies.classNames("no.such.Class"))
                .discover();

        assertThat(Strategies.strategies(found)).hasSameSizeAs(ALL);
    }

    /** The engine is on the class path of whoever uses the extension: what others select is no reason to look at anything. */
    @Test
    void whereNothingIsOursNothingIsFoundAndNoSettingIsRead(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("features"));
        Files.writeString(root.resolve("features/login.feature"), "Feature: login");
        Files.createDirectories(root.resolve("src"));
        Files.writeString(root.resolve("src/Main.java"), "class Main {}");
        Path other = root.resolve("features/login.feature");

        for (DiscoverySelector selector : Arrays.asList(
                selectClass(Marked.Unmarked.class),
                selectClass("no.such.Type"),
                selectPackage("java.lang.invoke"),
                selectDirectory(root.toFile()),
                selectDirectory(root.resolve("features").toFile()),
                selectDirectory("/no/such/folder"),
                selectFile(other.toFile()),
                selectUri(other.toUri()),
                selectUri("https://example.com/strategy.yaml"),
                selectClasspathRoots(Set.of(root)).get(0))) {
            EngineDiscoveryResults found = Strategies.select(selector)
                    .configurationParameter("sandbox.skip", "neither true nor false")
                    .configurationParameter("sandbox.config", "/no/such/folder")
                    .discover();

            assertThat(found.getEngineDescriptor().getDescendants())
                    .as("%s", selector)
                    .isEmpty();
            assertThat(found.getDiscoveryIssues()).as("%s", selector).isEmpty();
        }
    }

    @Test
    void aClassThatLacksAnotherIsNoneOfOurs(@TempDir Path classes) throws IOException {
        Path source = classes.resolve("Child.java");
        Files.writeString(source, "public class Child extends Parent {} class Parent {}");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        Files.delete(classes.resolve("Parent.class"));

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            EngineDiscoveryResults found = Strategies.discover(selectClass(loader, "Child"));
            assertThat(found.getEngineDescriptor().getDescendants()).isEmpty();
            assertThat(found.getDiscoveryIssues()).isEmpty();
        }
    }

    @Test
    void skippedMeansNothingIsDiscovered() {
        EngineDiscoveryResults found = Strategies.select(
                        selectDirectory(Strategies.FOLDER.toFile()),
                        selectFile(Strategies.FOLDER
                                .resolve("trader/strategy.yaml")
                                .toFile()),
                        selectClass(Marked.All.class),
                        selectClass(Marked.Nowhere.class),
                        selectUniqueId(Strategies.strategy("trader").append("test", "validate")))
                .configurationParameter("sandbox.skip", "true")
                .discover();

        assertThat(found.getEngineDescriptor().getDescendants()).isEmpty();
        assertThat(found.getDiscoveryIssues()).isEmpty();
    }

    @Test
    void javaWithoutAManifestIsReportedWhereStrategiesAreAndNowhereElse(@TempDir Path root) throws IOException {
        copy(Strategies.FOLDER.resolve("trader"), root.resolve("strategies/trader"));
        Files.createDirectories(root.resolve("strategies/forgotten"));
        Files.writeString(root.resolve("strategies/forgotten/Forgotten.java"), "class Forgotten {}");
        Files.createDirectories(root.resolve("src/main"));
        Files.writeString(root.resolve("src/main/Main.java"), "class Main {}");

        EngineDiscoveryResults found = Strategies.discover(selectDirectory(root.toFile()));

        assertThat(Strategies.strategies(found))
                .containsExactly(Strategies.in(root, "strategies/forgotten"), Strategies.in(root, "strategies/trader"));
    }
}
