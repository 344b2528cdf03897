package io.strategysandbox.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.strategysandbox.core.backend.Decisions;
import io.strategysandbox.core.market.Bar;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.strategy.Manifest.Costs;
import io.strategysandbox.core.strategy.Manifest.Sizing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is undefined, and when; the figures themselves are held against another tool in {@link ReferenceTest}. */
class MetricsCalculatorTest {

    private static final String[] ANNUAL = {"cagr", "annualReturn", "volatility", "sharpe", "sortino", "calmar"};

    @Test
    void aFewDaysSayNothingAboutAYear() {
        // A week of hourly bars, seven days and so six returns, at a steady loss: long 1 all the way.
        Metrics metrics = held(1, Duration.ofHours(1), steady(7 * 24, 0.998));
        assertThat(metrics.value("return")).isNegative();
        assertUndefined(metrics, ANNUAL);
        assertThat(metrics.conventions()).containsEntry("annualFigures", "undefined: 6 returns, 30 are needed");
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "3, 30", "7, 30", "30, 12", "91, 4", "365, 2"})
    void annualFiguresNeedThirtyReturnsOrAYearOfThem(int days, int enough) {
        Metrics justEnough = held(1, Duration.ofDays(days), swinging(enough + 1));
        assertThat(ANNUAL)
                .allSatisfy(name -> assertThat(justEnough.value(name)).as(name).isFinite());
        assertThat(justEnough.conventions()).containsEntry("annualFigures", "from " + enough + " returns");
        assertUndefined(held(1, Duration.ofDays(days), swinging(enough)), ANNUAL);
    }

    @ParameterizedTest
    @CsvSource({"1, 365", "3, 122", "7, 52", "30, 12", "91, 4", "365, 1"})
    void aPeriodIsAsLongAsABar(int days, int periods) {
        Metrics metrics = held(1, Duration.ofDays(days), steady(40, 1.001));
        assertThat(metrics.conventions()).containsEntry("annualisation", periods + " periods a year, geometric");
        assertThat(metrics.value("annualReturn")).isCloseTo(Math.pow(1.001, periods) - 1, withinPercentage(1e-8));
    }

    @Test
    void aYearThatLosesNearlyAllHasNoSharpeRatio() {
        double[] falling = swinging(200);
        for (int i = 0; i < falling.length; i++) {
            falling[i] *= Math.pow(0.95, i);
        }
        Metrics metrics = held(1, Duration.ofDays(1), falling);
        assertThat(metrics.value("annualReturn")).isBetween(-1.0, -0.99);
        assertThat(metrics.value("volatility")).isBetween(0.0, 1e-3);
        assertUndefined(metrics, "sharpe");
        assertThat(metrics.conventions().get("annualFigures")).contains("left to have a Sharpe ratio");
        assertThat(metrics.value("sortino")).isNegative();
    }

    @Test
    void aTinyExposureHasTheSharpeRatioOfASmallOne() {
        double[] closes = wavering(100, 1.01);
        double small = held(1e-4, Duration.ofDays(1), closes).value("sharpe");
        double tiny = held(1e-7, Duration.ofDays(1), closes).value("sharpe");
        assertThat(tiny).isCloseTo(small, withinPercentage(1));
    }

    @Test
    void whatGrowsSteadilyHasNoVolatility() {
        Metrics metrics = held(1, Duration.ofDays(1), steady(100, 1.001));
        assertThat(metrics.value("volatility")).isZero();
        assertUndefined(metrics, "sharpe", "sortino", "calmar");
    }

    @Test
    void afterARuinTheRatiosMeanNothing() {
        Metrics metrics = held(-1, Duration.ofDays(1), steady(60, 1.05));
        assertThat(metrics.value("ruined")).isEqualTo(1);
        assertThat(metrics.value("annualReturn")).isEqualTo(-1);
        assertThat(metrics.value("cagr")).isEqualTo(-1);
        assertUndefined(metrics, "volatility", "sharpe", "sortino", "calmar");
    }

    @Test
    void aGrowthBeyondAllNumbersIsUndefined() {
        Metrics metrics = held(1, Duration.ofDays(1), wavering(40, 10));
        assertThat(metrics.value("return")).isFinite();
        assertUndefined(metrics, "annualReturn", "volatility", "sharpe");
    }

    @Test
    void aDrawdownOnTheLastBarLastsOneBar() {
        Metrics metrics = held(1, Duration.ofDays(1), 100, 110, 120, 130, 90);
        assertThat(metrics.value("maxDrawdown")).isCloseTo(1 - 90 / 130.0, within(1e-12));
        assertThat(metrics.value("maxDrawdownBars")).isEqualTo(1);
        assertThat(metrics.value("maxDrawdownDays")).isEqualTo(1);
    }

    @Test
    void aRiseHasNoDrawdown() {
        Metrics metrics = held(1, Duration.ofDays(1), 100, 110, 120, 130, 140);
        assertThat(metrics.value("maxDrawdown")).isZero();
        assertThat(metrics.value("maxDrawdownBars")).isZero();
        assertThat(metrics.value("maxDrawdownDays")).isZero();
    }

    private static void assertUndefined(Metrics metrics, String... names) {
        assertThat(names)
                .allSatisfy(name -> assertThat(metrics.value(name)).as(name).isNaN());
    }

    /** A target held over bars that open where the one before closed. */
    private static Metrics held(double target, Duration period, double... closes) {
        List<Bar> list = new ArrayList<>();
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        for (int i = 0; i < closes.length; i++) {
            double open = closes[Math.max(0, i - 1)];
            double high = Math.max(open, closes[i]);
            double low = Math.min(open, closes[i]);
            list.add(new Bar(start.plus(period.multipliedBy(i)), open, high, low, closes[i], 1));
        }
        Bars bars = Bars.of("made up", list);
        double[] targets = new double[closes.length];
        Arrays.fill(targets, target);
        LedgerSettings settings = new LedgerSettings(1000, new Sizing.Equity(), new Costs(0, 0), false);
        return MetricsCalculator.of(bars, Ledger.settle(bars, Decisions.of(targets), settings));
    }

    private static double[] steady(int size, double factor) {
        double[] closes = new double[size];
        for (int i = 0; i < size; i++) {
            closes[i] = 100 * Math.pow(factor, i);
        }
        return closes;
    }

    private static double[] wavering(int size, double factor) {
        double[] closes = steady(size, factor);
        for (int i = 0; i < size; i += 2) {
            closes[i] *= 0.97;
        }
        return closes;
    }

    private static double[] swinging(int size) {
        double[] closes = new double[size];
        for (int i = 0; i < size; i++) {
            closes[i] = i % 2 == 0 ? 100 : 98;
        }
        return closes;
    }
}
