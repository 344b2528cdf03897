package io.strategysandbox.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.strategysandbox.core.backend.Decisions;
import io.strategysandbox.core.backtest.Trade.Side;
import io.strategysandbox.core.market.Bar;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.strategy.Manifest.Costs;
import io.strategysandbox.core.strategy.Manifest.Sizing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number here was worked out by hand; the working stands beside it. */
class LedgerTest {

    private static final Offset<Double> EXACT = within(1e-9);
    private static final Costs FREE = new Costs(0, 0);

    /** Opens 100, 110, 120, 100, 90; closes 105, 115, 110, 95, 80. */
    private static final Bars BARS = bars(new double[] {100, 110, 120, 100, 90}, new double[] {105, 115, 110, 95, 80});

    @Test
    void aLongFillsAtTheNextOpenAndClosesAtTheOneAfterItsEnd() {
        Settlement book = settle(new Sizing.Equity(), FREE, false, 1, 1, 0, 0, 0);
        // 1100 / 110 = 10 units at bar 1; sold at the open of bar 3: 10 x (100 - 110) = -100.
        assertThat(book.trades()).singleElement().satisfies(trade -> {
            assertThat(trade.side()).isEqualTo(Side.LONG);
            assertThat(trade.quantity()).isCloseTo(10, EXACT);
            assertThat(trade.entryBar()).isEqualTo(1);
            assertThat(trade.exitBar()).isEqualTo(3);
            assertThat(trade.profit()).isCloseTo(-100, EXACT);
            assertThat(trade.returnFraction()).isCloseTo(-100 / 1100.0, EXACT);
        });
        assertThat(equity(book))
                .usingElementComparator(close())
                .containsExactly(1100.0, 1150.0, 1100.0, 1000.0, 1000.0);
    }

    @Test
    void commissionIsPaidOnBothSidesAndOutOfTheSameEquity() {
        Settlement book = settle(new Sizing.Equity(), new Costs(0.1, 0), false, 1, 0, 0, 0, 0);
        // q = 1100 / (110 x 1.1) = 9.0909...; entry fee 100; sold at 120: 1090.909..., exit fee 109.0909...
        double quantity = 1100 / (110 * 1.1);
        assertThat(book.trades().get(0).quantity()).isCloseTo(quantity, EXACT);
        assertThat(book.fees()).isCloseTo(quantity * 110 * 0.1 + quantity * 120 * 0.1, EXACT);
        assertThat(book.equity(4)).isCloseTo(quantity * 120 * 0.9, EXACT);
    }

    @Test
    void slippageMakesBothSidesWorse() {
        Settlement book = settle(new Sizing.Units(1), new Costs(0, 100), false, 1, 0, -1, 0, 0);
        // Buys at 110 x 1.01, sells at 120 x 0.99; sells short at 100 x 0.99, buys back at 90 x 1.01.
        assertThat(book.trades())
                .extracting(Trade::entryPrice)
                .usingComparatorForType(close(), Double.class)
                .containsExactly(111.1, 99.0);
        assertThat(book.trades())
                .extracting(Trade::exitPrice)
                .usingComparatorForType(close(), Double.class)
                .containsExactly(118.8, 90.9);
        assertThat(book.equity(4)).isCloseTo(1100 + 7.7 + 8.1, EXACT);
    }

    @Test
    void aReversalClosesFirstAndThenUsesWhatIsLeft() {
        Settlement book = settle(new Sizing.Equity(), FREE, false, 1, -1, -1, 0, 0);
        // Long 10 from 110 to 120: 1200. Short 10 at 120, back at 90: +300.
        assertThat(book.trades()).extracting(Trade::side).containsExactly(Side.LONG, Side.SHORT);
        assertThat(book.trades().get(1).quantity()).isCloseTo(10, EXACT);
        assertThat(book.equity(4)).isCloseTo(1500, EXACT);
    }

    @Test
    void aSmallerTargetOfTheSameSideGivesUpTheOldestLotFirst() {
        Settlement book = settle(new Sizing.Equity(), FREE, false, 0.5, 1, 0.5, 0.5, 0.5);
        // Bar 1: 5 units at 110. Bar 2: equity 1150, all of it is 9.58333 at 120: 4.58333 more.
        // Bar 3: equity 550 + ... = 9.58333 x 100 = 958.333; half is 4.79167: gives up 4.79167 of the first lot.
        assertThat(book.trades()).hasSize(3);
        assertThat(book.trades().get(0).entryBar()).isEqualTo(1);
        assertThat(book.trades().get(0).quantity()).isCloseTo(1150 / 120.0 - 958.3333333333333 / 200, EXACT);
        assertThat(book.trades()).extracting(Trade::open).containsExactly(false, true, true);
    }

    @Test
    void anUnchangedTargetTradesNothing() {
        assertThat(settle(new Sizing.Equity(), FREE, false, 0.5, 0.5, 0.5, 0.5, 0.5)
                        .trades())
                .hasSize(1);
    }

    @Test
    void theLastDecisionNeverFills() {
        assertThat(settle(new Sizing.Equity(), FREE, false, 0, 0, 0, 0, 1).trades())
                .isEmpty();
    }

    @Test
    void wholeUnitsAreRoundedDown() {
        // 1100 / 120 = 9.17
        assertThat(settle(new Sizing.Whole(), FREE, false, 0, 1, 1, 1, 1)
                        .trades()
                        .get(0)
                        .quantity())
                .isEqualTo(9);
    }

    @Test
    void fixedUnitsAreCappedByWhatTheEquityAllows() {
        assertThat(settle(new Sizing.Units(4), FREE, false, 0.5, 0.5, 0.5, 0.5, 0.5)
                        .trades()
                        .get(0)
                        .quantity())
                .isEqualTo(2);
        assertThat(settle(new Sizing.Units(50), FREE, false, 1, 1, 1, 1, 1)
                        .trades()
                        .get(0)
                        .quantity())
                .isCloseTo(10, EXACT);
    }

    @Test
    void closingAtTheEndUsesTheLastOpenAndOpensNothingThere() {
        Settlement book = settle(new Sizing.Equity(), FREE, true, 1, 1, 1, -1, 0);
        // Long 10 from 110, sold at the last open, 90.
        assertThat(book.trades()).singleElement().satisfies(trade -> {
            assertThat(trade.exitBar()).isEqualTo(4);
            assertThat(trade.exitPrice()).isEqualTo(90);
            assertThat(trade.open()).isFalse();
        });
        assertThat(book.equity(4)).isCloseTo(900, EXACT);
    }

    @Test
    void ruinEndsTheRunAndLeavesNothing() {
        Bars rising = bars(new double[] {100, 100, 150, 210, 50}, new double[] {100, 140, 190, 220, 50});
        Settlement book = Ledger.settle(
                rising, Decisions.of(-1, -1, -1, 1, 1), new LedgerSettings(1000, new Sizing.Equity(), FREE, false));
        // Short 10 at 100: cash 2000. At the open of bar 3 it owes 2100: gone, 100 more than there was.
        assertThat(book.ruinedAt()).hasValue(3);
        assertThat(book.shortfall()).isCloseTo(100, EXACT);
        assertThat(book.trades())
                .singleElement()
                .satisfies(trade -> assertThat(trade.exitPrice()).isEqualTo(210));
        assertThat(equity(book)).usingElementComparator(close()).containsExactly(1000.0, 600.0, 100.0, 0.0, 0.0);
        Metrics metrics = MetricsCalculator.of(rising, book);
        assertThat(metrics.value("ruined")).isEqualTo(1);
        assertThat(metrics.value("shortfall")).isCloseTo(100, EXACT);
        assertThat(metrics.value("finalEquity")).isZero();
        assertThat(metrics.value("return")).isEqualTo(-1);
        assertThat(metrics.value("maxDrawdown")).isEqualTo(1);
    }

    @Test
    void costsOfAFillCanRuin() {
        Bars spike = bars(new double[] {100, 100, 190, 100}, new double[] {100, 150, 100, 100});
        Settlement book = Ledger.settle(
                spike,
                Decisions.of(-1, -0.25, -0.25, -0.25),
                new LedgerSettings(1000, new Sizing.Units(8), new Costs(0.2, 0), false));
        // Short 8 at 100, fee 160: cash 1640. Back 6 at 190, fee 228: cash 272, still owed 2 x 190 = 380: gone,
        // though the close of 100 would have left 72. Back 2 at 190, fee 76: 184 short.
        assertThat(book.ruinedAt()).hasValue(2);
        assertThat(book.shortfall()).isCloseTo(184, EXACT);
        assertThat(book.equity(2)).isZero();
        assertThat(book.trades()).noneMatch(Trade::open);
    }

    @Test
    void sellingExactlyTheOldestLotLeavesNothingOfIt() {
        Random random = new Random(7);
        for (int round = 0; round < 190; round++) {
            double units = 1 + 3 * random.nextDouble();
            // Lots of 0.3 and 0.4 of the units; the first is sold at bar 3, the second at bar 4.
            Settlement book = settle(new Sizing.Units(units), FREE, false, 0.3, 0.7, 0.4, 0, 0);
            assertThat(book.trades())
                    .extracting(Trade::exitBar)
                    .as("%s units", units)
                    .containsExactly(3, 4);
            assertThat(book.trades().get(1).quantity()).isCloseTo(0.4 * units, EXACT);
        }
    }

    @Test
    void costsComeOutOfTheShareOnBothSides() {
        Bars still = bars(new double[] {100, 100, 100}, new double[] {100, 100, 100});
        for (double target : new double[] {1, -1}) {
            Settlement book = Ledger.settle(
                    still,
                    Decisions.of(target, target, target),
                    new LedgerSettings(1000, new Sizing.Equity(), new Costs(0.1, 2000), false));
            // A unit costs 100, 20 of slippage and a tenth of its fill, 120 long and 80 short.
            double quantity = book.trades().get(0).quantity();
            assertThat(quantity).isCloseTo(1000 / (target > 0 ? 132.0 : 128.0), EXACT);
            assertThat(book.equity(1)).as("exposure of 1").isCloseTo(quantity * 100, EXACT);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void cashIsAboveZero(double cash) {
        assertRefused(() -> new LedgerSettings(cash, new Sizing.Equity(), FREE, false), "cash is " + cash);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1, Double.NaN, Double.NEGATIVE_INFINITY})
    void commissionIsAFraction(double commission) {
        assertRefused(
                () -> new LedgerSettings(1, new Sizing.Equity(), new Costs(commission, 0), false),
                "commission is " + commission);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 10_000, Double.NaN, Double.POSITIVE_INFINITY})
    void slippageIsLessThanThePrice(double slippage) {
        assertRefused(
                () -> new LedgerSettings(1, new Sizing.Equity(), new Costs(0, slippage), false),
                "slippageBps is " + slippage);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -3, Double.NaN, Double.POSITIVE_INFINITY})
    void unitsAreAboveZero(double units) {
        assertRefused(() -> new LedgerSettings(1, new Sizing.Units(units), FREE, false), "units is " + units);
    }

    @Test
    void oneDecisionForEachBar() {
        LedgerSettings settings = new LedgerSettings(1000, new Sizing.Equity(), FREE, false);
        assertThatThrownBy(() -> Ledger.settle(BARS, Decisions.of(1, 1), settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 decisions for 5 bars");
    }

    @Test
    void metricsOfAHandWorkedBook() {
        Metrics metrics = MetricsCalculator.of(BARS, settle(new Sizing.Equity(), FREE, false, 1, -1, 0, 0, 0));
        // Long 10 from 110 to 120: +100; short 10 from 120 to 100: +200. Equity 1100 1150 1300 1400 1400.
        assertThat(metrics.value("finalEquity")).isCloseTo(1400, EXACT);
        assertThat(metrics.value("return")).isCloseTo(300 / 1100.0, EXACT);
        assertThat(metrics.value("buyAndHoldReturn")).isCloseTo(80 / 105.0 - 1, EXACT);
        assertThat(metrics.value("trades")).isEqualTo(2);
        assertThat(metrics.value("winRate")).isEqualTo(1);
        assertThat(metrics.value("bestTrade")).isCloseTo(200 / 1200.0, EXACT);
        assertThat(metrics.value("worstTrade")).isCloseTo(100 / 1100.0, EXACT);
        assertThat(metrics.value("maxDrawdown")).isEqualTo(0);
        assertThat(metrics.value("exposure")).isCloseTo(3 / 5.0, EXACT);
        assertThat(metrics.value("sqn")).isCloseTo(Math.sqrt(2) * 150 / Math.sqrt(5000), EXACT);
        assertThat(metrics.value("profitFactor")).isNaN();
    }

    private static void assertRefused(ThrowingCallable settings, String named) {
        assertThatThrownBy(settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    private static Settlement settle(Sizing sizing, Costs costs, boolean closeAtEnd, double... targets) {
        return Ledger.settle(BARS, Decisions.of(targets), new LedgerSettings(1100, sizing, costs, closeAtEnd));
    }

    private static java.util.Comparator<Double> close() {
        return (a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);
    }

    private static List<Double> equity(Settlement book) {
        List<Double> equity = new ArrayList<>();
        for (int i = 0; i < book.size(); i++) {
            equity.add(book.equity(i));
        }
        return equity;
    }

    private static Bars bars(double[] opens, double[] closes) {
        List<Bar> bars = new ArrayList<>();
        Instant day = Instant.parse("2020-01-01T00:00:00Z");
        for (int i = 0; i < opens.length; i++) {
            double high = Math.max(opens[i], closes[i]);
            double low = Math.min(opens[i], closes[i]);
            bars.add(new Bar(day.plus(Duration.ofDays(i)), opens[i], high, low, closes[i], 1));
        }
        return Bars.of("test", bars);
    }
}
