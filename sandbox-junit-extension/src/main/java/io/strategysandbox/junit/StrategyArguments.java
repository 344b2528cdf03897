package io.strategysandbox.junit;

import io.strategysandbox.core.config.SandboxProperties;
import io.strategysandbox.core.market.BarsLoader;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.junit.support.RunSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclaration;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Finds what {@link StrategySource} names. */
final class StrategyArguments implements ArgumentsProvider, AnnotationConsumer<StrategySource> {

    private static final String WHERE = "@StrategySource";

    private String strategies = "";
    private String data = "";

    @Override
    public void accept(StrategySource source) {
        strategies = source.value();
        data = source.data();
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Class<?> type = parameters
                .getFirst()
                .<Class<?>>map(ParameterDeclaration::getParameterType)
                .orElse(SandboxedStrategy.class);
        RunSettings settings = new RunSettings(context::getConfigurationParameter);
        Path folder = strategies.isEmpty() ? settings.strategies() : RunSettings.existing(strategies, WHERE);
        Path bars = data.isEmpty() ? settings.data().orElse(folder) : RunSettings.existing(data, WHERE + "(data)");
        List<Candidate> found = StrategyDiscovery.discover(folder);
        if (found.isEmpty()) {
            throw new ExtensionConfigurationException("there are no strategies below " + folder + ", which "
                    + (strategies.isEmpty() ? SandboxProperties.STRATEGIES : WHERE)
                    + " names; put a folder with " + StrategyDiscovery.MANIFEST + " there, or name another one");
        }
        BarsLoader loader = new BarsLoader(bars);
        return found.stream()
                .map(candidate -> new SandboxedStrategy(folder.resolve(candidate.directory()), candidate, loader))
                .map(strategy -> Arguments.argumentSet(strategy.name(), as(type, strategy)));
    }

    private static Object as(Class<?> type, SandboxedStrategy strategy) {
        if (type.isInstance(strategy)) {
            return strategy;
        }
        if (type == Path.class) {
            return strategy.directory();
        }
        if (type == Candidate.class) {
            return strategy.candidate();
        }
        throw new ExtensionConfigurationException(WHERE + " cannot feed a parameter of " + type
                + "; the first parameter must be a SandboxedStrategy, a Path or a Candidate");
    }
}
