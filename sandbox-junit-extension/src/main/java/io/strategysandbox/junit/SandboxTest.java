package io.strategysandbox.junit;

import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that gets a sandbox: parameters of type {@link io.strategysandbox.core.Sandbox},
 * {@link io.strategysandbox.core.SandboxScope} or {@link io.strategysandbox.core.backend.Backend} are injected, and the test
 * fails if something that it leased is still there when it ends.
 *
 * <p>On a method it makes the method a test. On a class it serves all methods of the class, whatever makes them tests
 * ({@code @Test}, {@code @ParameterizedTest}, {@code @RepeatedTest}, {@code @TestFactory}), its constructor, its lifecycle
 * methods and its {@code @Nested} classes. What an inner annotation does not set is as an outer one says: that of a superclass or
 * interface, of an annotation that this one stands on, of the class around a nested one. What none sets is as the run's
 * parameters and the configuration say.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Test
@ExtendWith(SandboxExtension.class)
public @interface SandboxTest {

    /** {@return where strategies run; one at most} */
    BackendChoice[] backend() default {};

    /** {@return memory, swap included, such as {@code 512MiB}; empty if not set} */
    String memory() default "";

    /** {@return processors, may be a fraction; 0 if not set} */
    double cpus() default 0;

    /** {@return longest time from the job to the result, such as {@code 10s}; empty if not set} */
    String timeout() default "";

    /** {@return processes and threads; 0 if not set} */
    int pids() default 0;

    /** {@return what a finding that refuses does; one at most} */
    ValidationMode[] validation() default {};

    /** {@return what happens when something is left; one at most, {@link Cleanup#STRICT} if not set} */
    Cleanup[] cleanup() default {};

    /**
     * The most that isolation may cost each strategy that the test backtests to its last bar: (sandboxed time - unsandboxed
     * time) / unsandboxed time. After the test has passed, each is run both ways in turn, 7 times, or 14 or 21 if that leaves a
     * doubt, and the test fails if the overhead is above the bound beyond doubt.
     *
     * @return the bound as a fraction; infinite for none, whatever an outer annotation says; NaN if not set
     */
    double maxOverhead() default Double.NaN;
}
