package io.strategysandbox.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Feeds a {@code @ParameterizedTest} with the strategies of a folder, one invocation each. The first parameter may be a
 * {@link SandboxedStrategy}, a {@link java.nio.file.Path} (the strategy directory), or a
 * {@link io.strategysandbox.core.strategy.Candidate}. A directory that cannot be read as a strategy is fed as well, so that
 * it does not go unnoticed.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ArgumentsSource(StrategyArguments.class)
public @interface StrategySource {

    /**
     * The folder that holds the strategy directories, at any depth, relative to the current directory, which under Maven is
     * the project's.
     *
     * @return the folder; if empty, what {@code sandbox.strategies} says, or else {@code strategies}
     */
    String value() default "";

    /**
     * The folder that {@code data:} in a manifest is relative to.
     *
     * @return the folder; if empty, what {@code sandbox.data} says, or else the folder of the strategies
     */
    String data() default "";
}
