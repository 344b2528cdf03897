package io.strategysandbox.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.market.BarsLoader;
import io.strategysandbox.core.market.MarketDataException;
import io.strategysandbox.core.strategy.Manifest.DataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs classes of tests as a user's build does, and tells how they ended. */
final class Kit {

    static final Path STRATEGIES = Path.of("src", "test", "simple-strategies").toAbsolutePath();
    static final Path FOLLOWER = STRATEGIES.resolve("follower");
    static final Path DAWDLER = STRATEGIES.resolve("dawdler");
    static final Path BOOM = STRATEGIES.resolve("boom");
    static final Path EXITS = STRATEGIES.resolve("exits");

    /** For what needs no container. */
    static final Map<String, String> LOCAL = Map.of("sandbox.backend", "local");

    /** For what does. */
    static final Map<String, String> DOCKER = Map.of("sandbox.backend", "docker");

    private Kit() {}

    static Bars bars() {
        try {
            return new BarsLoader(STRATEGIES).load(new DataSource("prices.csv", Optional.empty()));
        } catch (MarketDataException e) {
            throw new IllegalStateException(e);
        }
    }

    static EngineExecutionResults run(Map<String, String> parameters, Class<?>... classes) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
        for (Class<?> type : classes) {
            builder.selectors(selectClass(type));
        }
        return builder.execute();
    }

    /** The message, with what it was caused by and what was suppressed, of everything that failed. */
    static List<String> failures(EngineExecutionResults results) {
        return results.allEvents().finished().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .map(Kit::words)
                .toList();
    }

    static List<String> skipped(EngineExecutionResults results) {
        return results.allEvents().skipped().stream()
                .map(event -> event.getRequiredPayload(String.class))
                .toList();
    }

    static List<String> reported(EngineExecutionResults results, String key) {
        return results.allEvents().reportingEntryPublished().stream()
                .map(Event::getPayload)
                .flatMap(Optional::stream)
                .map(entry -> ((org.junit.platform.engine.reporting.ReportEntry) entry)
                        .getKeyValuePairs()
                        .get(key))
                .filter(value -> value != null)
                .toList();
    }

    private static String words(Throwable throwable) {
        StringBuilder words = new StringBuilder(String.valueOf(throwable.getMessage()));
        if (throwable.getCause() != null) {
            words.append("\ncause: ").append(words(throwable.getCause()));
        }
        for (Throwable suppressed : throwable.getSuppressed()) {
            words.append("\nsuppressed: ").append(words(suppressed));
        }
        return words.toString();
    }
}
