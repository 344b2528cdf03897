package io.strategysandbox.core.config;

import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.IsolationMode;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The names of all properties, the same for a Maven build and for a run of tests, and what those mean that stand for a key
 * of {@code learning_system.yaml}.
 */
public final class SandboxProperties {

    /** The folder that holds the strategy directories. */
    public static final String STRATEGIES = "sandbox.strategies";

    /** A folder of loose Java files. */
    public static final String SOURCE = "sandbox.source";

    /** The folder that {@code data:} in a manifest is relative to. */
    public static final String DATA = "sandbox.data";

    /** Where reports are written. */
    public static final String OUTPUT_DIRECTORY = "sandbox.outputDirectory";

    /** A folder with configuration files. */
    public static final String CONFIG = "sandbox.config";

    /** Where strategies run. */
    public static final String BACKEND = "sandbox.backend";

    /** How many strategies share a runner. */
    public static final String ISOLATION = "sandbox.isolation";

    /** What a finding that refuses does. */
    public static final String VALIDATION = "sandbox.validation";

    /** Strategies at a time. */
    public static final String PARALLELISM = "sandbox.parallelism";

    /** Whether a verdict or finding that is not fine fails the build. */
    public static final String FAIL_ON_VIOLATION = "sandbox.failOnViolation";

    /** Whether the first verdict other than OK ends a run. */
    public static final String HALT_ON_FAILURE = "sandbox.haltOnFailure";

    /** Whether runner images that nothing uses are removed. */
    public static final String UNUSED_IMAGES = "sandbox.unusedImages";

    /** Whether nothing is done. */
    public static final String SKIP = "sandbox.skip";

    private SandboxProperties() {}

    /**
     * The configuration with what properties say instead of it.
     *
     * @param base the configuration
     * @param property the value of a property; empty if it is not set
     * @return the changed configuration
     * @throws ConfigException if a value is not allowed; names the property, the value and what is allowed
     */
    public static SandboxConfig override(SandboxConfig base, Function<String, Optional<String>> property) {
        SandboxSection section = base.sandbox();
        return base.with(new SandboxSection(
                choice(BACKEND, property, BackendChoice.class, section.backend()),
                choice(ISOLATION, property, IsolationMode.class, section.isolation()),
                choice(VALIDATION, property, ValidationMode.class, section.validation()),
                parallelism(property, section.parallelism()),
                flag(FAIL_ON_VIOLATION, property, section.failOnViolation()),
                flag(HALT_ON_FAILURE, property, section.haltOnFailure()),
                section.validator(),
                section.compiler()));
    }

    private static int parallelism(Function<String, Optional<String>> property, int instead) {
        Optional<String> text = property.apply(PARALLELISM).map(String::strip);
        if (text.isEmpty()) {
            return instead;
        }
        // Nine digits always fit.
        if (!text.get().matches("[0-9]{1,9}")) {
            throw new ConfigException(
                    PARALLELISM + " is '" + text.get() + "'; it must be a whole number, 0 (automatic) or more");
        }
        return Integer.parseInt(text.get());
    }

    private static <E extends Enum<E>> E choice(
            String name, Function<String, Optional<String>> property, Class<E> type, E instead) {
        Optional<String> value = property.apply(name);
        if (value.isEmpty()) {
            return instead;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value.get().strip()))
                .findFirst()
                .orElseThrow(() -> new ConfigException(name + " is '" + value.get() + "'; allowed are "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    /**
     * A switch. What is neither true nor false is refused: a slip must not switch a gate off.
     *
     * @param name the property's name
     * @param property the value of a property; empty if it is not set
     * @param instead what holds if it is not set
     * @return the switch
     * @throws ConfigException if the value is neither true nor false
     */
    public static boolean flag(String name, Function<String, Optional<String>> property, boolean instead) {
        Optional<String> value = property.apply(name);
        if (value.isEmpty()) {
            return instead;
        }
        return switch (value.get().strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(name + " is '" + value.get() + "'; allowed are true, false");
        };
    }
}
