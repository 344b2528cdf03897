package io.strategysandbox.junit;

import io.strategysandbox.core.config.ConfigException;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.junit.support.RunSettings;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What holds for one test or class: its {@link SandboxTest} annotations, inner before outer, then the run's parameters.
 *
 * @param config the configuration
 * @param cleanup what happens when something is left
 * @param maxOverhead the most that isolation may cost, as a fraction; infinite if there is no bound
 * @param boundOfTest whether that is said of this very test, and not of all around it
 */
record TestSettings(SandboxConfig config, Cleanup cleanup, double maxOverhead, boolean boundOfTest) {

    static TestSettings of(ExtensionContext context) {
        RunSettings run = new RunSettings(context::getConfigurationParameter);
        TestSettings settings = new TestSettings(run.config(), Cleanup.STRICT, Double.POSITIVE_INFINITY, false);
        for (AnnotatedElement element : elements(context)) {
            for (SandboxTest annotation : annotations(element, new HashSet<>())) {
                settings = settings.with(
                        annotation,
                        "@SandboxTest on " + element,
                        context.getTestMethod().isPresent() && element instanceof Method);
            }
        }
        return settings.with(run.asPromised(settings.config));
    }

    /** Outer before inner. */
    private static List<AnnotatedElement> elements(ExtensionContext context) {
        List<AnnotatedElement> elements = new ArrayList<>(context.getEnclosingTestClasses());
        context.getTestClass().ifPresent(elements::add);
        context.getTestMethod().ifPresent(elements::add);
        return elements;
    }

    /** All that hold for an element, outer before inner: inherited ones, those on its other annotations, its own. */
    private static List<SandboxTest> annotations(AnnotatedElement element, Set<AnnotatedElement> seen) {
        List<SandboxTest> found = new ArrayList<>();
        if (!seen.add(element)) {
            return found;
        }
        if (element instanceof Class<?> type) {
            if (type.getSuperclass() != null) {
                found.addAll(annotations(type.getSuperclass(), seen));
            }
            for (Class<?> contract : type.getInterfaces()) {
                found.addAll(annotations(contract, seen));
            }
        }
        List<SandboxTest> own = new ArrayList<>();
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (annotation instanceof SandboxTest direct) {
                own.add(direct);
            } else {
                found.addAll(annotations(annotation.annotationType(), seen));
            }
        }
        found.addAll(own);
        return found;
    }

    private TestSettings with(SandboxConfig changed) {
        return new TestSettings(changed, cleanup, maxOverhead, boundOfTest);
    }

    private TestSettings with(SandboxTest annotation, String origin, boolean ofTest) {
        SandboxConfig limited = ConfigLoader.override(config, origin, limits(annotation));
        SandboxSection section = limited.sandbox();
        boolean bounds = !Double.isNaN(annotation.maxOverhead());
        if (bounds && annotation.maxOverhead() < 0) {
            throw new ConfigException(origin + ": maxOverhead is " + annotation.maxOverhead()
                    + "; it must be a fraction, 0 or more, such as 0.3");
        }
        return new TestSettings(
                limited.with(new SandboxSection(
                        one(annotation.backend(), "backend", origin).orElse(section.backend()),
                        section.isolation(),
                        one(annotation.validation(), "validation", origin).orElse(section.validation()),
                        section.parallelism(),
                        section.failOnViolation(),
                        section.haltOnFailure(),
                        section.validator(),
                        section.compiler())),
                one(annotation.cleanup(), "cleanup", origin).orElse(cleanup),
                bounds ? annotation.maxOverhead() : maxOverhead,
                bounds ? ofTest : boundOfTest);
    }

    /** In the form of docker_config.yaml, whose reader knows what is allowed. */
    private static String limits(SandboxTest annotation) {
        List<String> lines = new ArrayList<>();
        if (!annotation.memory().isEmpty()) {
            lines.add("memory: " + quoted(annotation.memory()));
        }
        if (annotation.cpus() != 0) {
            lines.add("cpus: " + annotation.cpus());
        }
        if (!annotation.timeout().isEmpty()) {
            lines.add("timeout: " + quoted(annotation.timeout()));
        }
        if (annotation.pids() != 0) {
            lines.add("pids: " + annotation.pids());
        }
        return lines.isEmpty() ? "" : "limits: { " + String.join(", ", lines) + " }";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static <T> Optional<T> one(T[] values, String attribute, String origin) {
        if (values.length > 1) {
            throw new ConfigException(origin + ": " + attribute + " has " + values.length + " values; keep one");
        }
        return values.length == 0 ? Optional.empty() : Optional.of(values[0]);
    }
}
