package io.strategysandbox.core.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverheadTest {

    private static final List<Double> HUNDREDS = List.of(100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0);

    @Test
    void isTheMedianOverTheRounds() {
        Overhead overhead = new Overhead(List.of(130.0, 150.0, 120.0, 900.0, 140.0, 110.0, 160.0), HUNDREDS);

        assertThat(overhead.fraction()).isCloseTo(0.4, within(1e-12));
        assertThat(overhead.sandboxedMedianMs()).isEqualTo(140);
        assertThat(overhead.unsandboxedMedianMs()).isEqualTo(100);
        assertThat(overhead.low()).isCloseTo(0.1, within(1e-12));
        assertThat(overhead.high()).isCloseTo(8, within(1e-12));
        assertThat(overhead.summary())
                .isEqualTo("sandboxed 140 ms, unsandboxed 100 ms (medians of 7 rounds in turn): an overhead of 0.40,"
                        + " with a probability of 95 % between 0.10 and 8.00");
    }

    /** A round that was slow both ways says as much as one that was fast. */
    @Test
    void comparesWithinARound() {
        Overhead overhead = new Overhead(
                List.of(200.0, 400.0, 800.0, 1_600.0, 200.0, 400.0, 800.0),
                List.of(100.0, 200.0, 400.0, 800.0, 100.0, 200.0, 400.0));

        assertThat(overhead.fraction()).isEqualTo(1);
        assertThat(overhead.low()).isEqualTo(1);
        assertThat(overhead.high()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0.05, true, true", "0.1, false, false", "0.5, false, false", "8, false, true", "9, false, true"})
    void isAboveABoundOnlyBeyondDoubt(double bound, boolean exceeds, boolean decided) {
        Overhead overhead = new Overhead(List.of(130.0, 150.0, 120.0, 900.0, 140.0, 110.0, 160.0), HUNDREDS);

        assertThat(overhead.exceeds(bound)).isEqualTo(exceeds);
        assertThat(overhead.isDecided(bound)).isEqualTo(decided);
    }

    /** Ranks of the order statistics that enclose a median with 95 % in three looks, a third of the error each, from the binomial distribution. */
    @ParameterizedTest
    @CsvSource({"7, 0", "8, 0", "10, 0", "11, 1", "14, 2", "21, 4"})
    void theRanksAreThoseOfTheSignTest(int rounds, int rank) {
        List<Double> ones = Stream.generate(() -> 1.0).limit(rounds).toList();
        List<Double> rising =
                Stream.iterate(1.0, value -> value + 1).limit(rounds).toList();

        Overhead overhead = new Overhead(rising, ones);

        assertThat(overhead.low()).isEqualTo(rank);
        assertThat(overhead.high()).isEqualTo(rounds - 1.0 - rank);
    }

    /** Noise without any overhead is taken for one at most as often as the summary says, however often somebody looks. */
    @Test
    void noiseIsSeldomTakenForOverhead() {
        Random random = new Random(20_261_124);
        int wrong = 0;
        int tries = 4_000;
        for (int i = 0; i < tries; i++) {
            // Symmetric around no overhead, so that the true median is the bound itself.
            List<Double> with = random.doubles(21, 50, 150).boxed().toList();
            boolean decided = false;
            for (int look = 1; look <= Overhead.LOOKS; look++) {
                int rounds = look * Overhead.LEAST_ROUNDS;
                List<Double> without = Collections.nCopies(rounds, 100.0);
                decided |= new Overhead(with.subList(0, rounds), without).isDecided(0);
            }
            wrong += decided ? 1 : 0;
        }

        assertThat(wrong / (double) tries).isBetween(0.01, 0.05);
    }

    @Test
    void tooFewRoundsAreRefused() {
        assertThatThrownBy(() -> new Overhead(List.of(1.0), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 7; has 1 and 1");
        assertThatThrownBy(() -> new Overhead(HUNDREDS, HUNDREDS.subList(0, 6))).hasMessageContaining("has 7 and 6");
    }
}
