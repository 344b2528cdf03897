package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.verdict.Verdict;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One thing that hostile code tries once it is past the validator, and what has to come of it.
 *
 * @param name what it tries
 * @param members the members of class {@code S}, which implements {@code TradingStrategy}
 * @param timeout how long it gets
 * @param expectation checks the verdict and what else must hold
 */
record Attack(String name, String members, Duration timeout, Consumer<RunOutcome> expectation) {

    /** Enough for everything that ends by itself, on a machine that has other things to do. */
    static final Duration LONG = Duration.ofSeconds(100);

    static final Duration SHORT = Duration.ofSeconds(2);

    /** An attack whose {@code onBar(BarSeries h)} has this body; it may throw anything. */
    static Attack onBar(String name, String body, Consumer<RunOutcome> expectation) {
        return onBar(name, body, LONG, expectation);
    }

    private static Attack onBar(String name, String body, Duration timeout, Consumer<RunOutcome> expectation) {
        String members = """
                public double onBar(BarSeries h) {
                  try { return attack(h); }
                  catch (RuntimeException e) { throw e; }
                  catch (Exception e) { throw new IllegalStateException(e.getClass().getName() + ": " + e.getMessage()); }
                }
                static boolean yes() { return true; }
                double attack(BarSeries h) throws Exception {
                  %s
                  if (yes()) return 1;
                  throw new AssertionError();
                }
                """.formatted(body);
        return new Attack(name, members, timeout, expectation);
    }

    /** An attack that has to be ended at its deadline. */
    static Attack endless(String name, String body) {
        return onBar(
                name,
                body,
                SHORT,
                outcome -> assertThat(outcome.verdict()).isEqualTo(new Verdict.TimeLimitExceeded(SHORT)));
    }

    static Consumer<RunOutcome> ok() {
        return outcome -> assertThat(outcome.verdict()).isEqualTo(new Verdict.Ok());
    }

    /** Ends well, and printed this. */
    static Consumer<RunOutcome> okPrinting(String... words) {
        return ok().andThen(
                        outcome -> assertThat(outcome.evidence().outputHead()).contains(words));
    }

    static Consumer<RunOutcome> memoryLimit(String words) {
        return outcome -> {
            assertThat(outcome.verdict()).isInstanceOf(Verdict.MemoryLimitExceeded.class);
            assertThat(outcome.verdict().summary()).contains(words);
        };
    }

    static Consumer<RunOutcome> processLimit() {
        return outcome -> assertThat(outcome.verdict()).isInstanceOf(Verdict.ProcessLimitExceeded.class);
    }

    static Consumer<RunOutcome> outputLimit() {
        return outcome -> assertThat(outcome.verdict())
                .isEqualTo(new Verdict.OutputLimitExceeded(AttackRange.OUTPUT.limitBytes()));
    }

    static Consumer<RunOutcome> violation() {
        return outcome -> assertThat(outcome.verdict()).isInstanceOf(Verdict.SecurityViolation.class);
    }

    /** Ends with an error of the strategy whose exception and message hold these words. */
    static Consumer<RunOutcome> error(String... words) {
        return outcome -> {
            assertThat(outcome.verdict()).isInstanceOf(Verdict.RuntimeError.class);
            assertThat(outcome.verdict().toString()).contains(words);
        };
    }
}
