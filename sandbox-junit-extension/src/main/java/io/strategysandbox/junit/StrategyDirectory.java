package io.strategysandbox.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.commons.annotation.Testable;

/**
 * Makes the strategies of a folder the tests of a class, which is otherwise empty: for build tools that choose tests by
 * class, such as Maven's Surefire.
 *
 * <pre>{@code
 * @StrategyDirectory("strategies")
 * class StrategiesTest {}
 * }</pre>
 *
 * <p>Each strategy is validated and backtested once, and becomes the tests {@code validate}, {@code backtest} and one for
 * each line of its {@code expect}. A folder without a strategy is a failing test.
 *
 * @since 0.1.0
 */
@Documented
@Testable
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StrategyDirectory {

    /**
     * The folder: one strategy directory, or one that holds strategy directories at any depth.
     *
     * @return a path; a relative one is looked for in the current directory, which is the module's under Maven
     */
    String value();

    /**
     * The folder that {@code data:} in a manifest is relative to, unless {@code sandbox.data} is set.
     *
     * @return a path, as above; empty for the folder of strategies
     */
    String data() default "";
}
