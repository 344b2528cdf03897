package io.strategysandbox.junit.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The strategies that the tests of the engine are about, and their ids. */
final class Strategies {

    static final Path FOLDER = Path.of("src/test/strategies").toAbsolutePath();

    /** One of them never ends. */
    static final Path SLOW_FOLDER = FOLDER.resolveSibling("slow-strategies");

    static final UniqueId ENGINE = UniqueId.forEngine(StrategySandboxEngine.ID);

    private Strategies() {}

    static UniqueId in(Path folder, String directory) {
        return ENGINE.append("folder", folder.toString()).append("strategy", directory);
    }

    static UniqueId strategy(String directory) {
        return in(FOLDER, directory);
    }

    static UniqueId in(Class<?> marker, String directory) {
        return ENGINE.append("class", marker.getName()).append("strategy", directory);
    }

    static EngineTestKit.Builder select(DiscoverySelector... selectors) {
        return EngineTestKit.engine(StrategySandboxEngine.ID)
                .enableImplicitConfigurationParameters(false)
                .configurationParameter("sandbox.backend", "docker")
                .selectors(selectors);
    }

    static EngineDiscoveryResults discover(DiscoverySelector... selectors) {
        return select(selectors).discover();
    }

    static Filter<?> classNames(String pattern) {
        return ClassNameFilter.includeClassNamePatterns(pattern);
    }

    /** {@return the tests of a discovery, as their ids without the engine's part} */
    static List<UniqueId> tests(EngineDiscoveryResults results) {
        return results.getEngineDescriptor().getDescendants().stream()
                .filter(TestDescriptor::isTest)
                .map(TestDescriptor::getUniqueId)
                .toList();
    }

    /** {@return the strategies of a discovery} */
    static List<UniqueId> strategies(EngineDiscoveryResults results) {
        return results.getEngineDescriptor().getDescendants().stream()
                .filter(StrategyNode.class::isInstance)
                .map(TestDescriptor::getUniqueId)
                .toList();
    }

    /** {@return the ids of the containers that there are for a strategy} */
    static String runners(String strategy) throws IOException, InterruptedException {
        Process docker = new ProcessBuilder(
                        "docker", "ps", "-aq", "--filter", "label=io.strategysandbox.strategy=" + strategy)
                .start();
        String ids = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        docker.waitFor();
        return ids;
    }
}
