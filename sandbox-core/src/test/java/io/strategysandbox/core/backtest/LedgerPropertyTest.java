package io.strategysandbox.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What holds for every book, whatever was decided on whatever bars at whatever costs. */
class LedgerPropertyTest {

    private static final int CASES = 1000;
    private static final double CASH = 10_000;
    private static final double[] TARGETS = {-1, -0.7, -0.4, -0.3, 0, 0, 0.1, 0.3, 0.5, 0.8, 1};
    private static final double[] COMMISSIONS = {0, 0, 0.001, 0.02, 0.3};
    private static final double[] SLIPPAGES = {0, 0, 5, 300, 4000};

    @Test
    void theCasesHaveWhatThePropertiesAreAbout() {
        List<Case> cases = IntStream.range(0, CASES).mapToObj(Case::new).toList();
        assertThat(cases).anyMatch(some -> some.book().shortfall() > 0);
        assertThat(cases)
                .anyMatch(some -> some.book().ruinedAt().isEmpty()
                        && some.book().trades().stream().anyMatch(Trade::open));
        assertThat(cases).anyMatch(some -> IntStream.range(1, some.size()).anyMatch(some::movesWithinASide));
        assertThat(cases).anyMatch(some -> IntStream.range(1, some.size()).anyMatch(some::reverses));
    }

    /** The cash is that of the fills told by the trades; the ledger's own sums are not asked. */
    @Test
    void equityIsCashAndPosition() {
        forEachCase(some -> {
            for (int bar = 0; bar < some.size(); bar++) {
                double expected = some.ruinedBy(bar) ? 0 : some.cash(bar) + some.held(bar) * some.bars.close(bar);
                assertThat(some.book().equity(bar)).as("bar %d", bar).isCloseTo(expected, some.tolerance());
            }
        });
    }

    @Test
    void equityIsAboveZeroUntilItIsGone() {
        forEachCase(some -> {
            for (int bar = 0; bar < some.size(); bar++) {
                double equity = some.book().equity(bar);
                assertThat(some.ruinedBy(bar) ? equity == 0 : equity > 0)
                        .as("bar %d: %s", bar, equity)
                        .isTrue();
            }
        });
    }

    @Test
    void profitsAddUpToTheChangeOfEquity() {
        forEachCase(some -> {
            double profits = some.trades().stream().mapToDouble(Trade::profit).sum();
            double change = some.book().equity(some.size() - 1) - some.book().shortfall() - CASH;
            assertThat(profits).isCloseTo(change, some.tolerance());
        });
    }

    @Test
    void feesAddUp() {
        forEachCase(some -> {
            double fees = 0;
            for (Trade trade : some.trades()) {
                double fee = some.commission() * trade.quantity() * trade.entryPrice() + some.exitFee(trade);
                assertThat(trade.fees()).isCloseTo(fee, some.tolerance());
                fees += fee;
            }
            assertThat(some.book().fees()).isCloseTo(fees, some.tolerance());
        });
    }

    @Test
    void nothingIsHeldOnBothSides() {
        forEachCase(some -> {
            for (Trade a : some.trades()) {
                for (Trade b : some.trades()) {
                    if (a.side() != b.side() && a.entryBar() <= b.entryBar()) {
                        assertThat(a.open()).isFalse();
                        assertThat(a.exitBar()).isLessThanOrEqualTo(b.entryBar());
                    }
                }
            }
        });
    }

    @Test
    void onlyAChangeOfTargetTrades() {
        forEachCase(some -> {
            for (Trade trade : some.trades()) {
                assertThat(some.changesAt(trade.entryBar())).as("%s", trade).isTrue();
                boolean ended = trade.open()
                        || some.ruinedBy(trade.exitBar())
                        || (some.settings.closeAtEnd() && trade.exitBar() == some.size() - 1);
                assertThat(ended || some.changesAt(trade.exitBar()))
                        .as("%s", trade)
                        .isTrue();
            }
        });
    }

    @Test
    void noTradeIsACrumb() {
        forEachCase(some -> {
            for (Trade trade : some.trades()) {
                double position = Math.abs(some.held(trade.entryBar()));
                for (int bar = trade.entryBar(); bar < trade.exitBar(); bar++) {
                    position = Math.max(position, Math.abs(some.held(bar)));
                }
                assertThat(trade.quantity()).as("%s", trade).isGreaterThan(1e-9 * position);
            }
        });
    }

    /** After costs, whichever side and however high they are. */
    @Test
    void whatIsEnteredNeverExceedsItsShare() {
        forEachCase(some -> {
            for (Trade trade : some.trades()) {
                int bar = trade.entryBar();
                double open = some.bars.open(bar);
                double equity = some.cash(bar) + some.held(bar) * open;
                if (!some.ruinedBy(bar)) {
                    assertThat(Math.abs(some.held(bar)) * open)
                            .as("%s", trade)
                            .isLessThanOrEqualTo(some.largestShare(bar) * equity * (1 + 1e-8) + some.rounding());
                }
            }
        });
    }

    @Test
    void moneyHasNoUnit() {
        forEachCase(some -> {
            Settlement dearer = some.settle(1.7, 1.7 * CASH);
            assertThat(dearer.trades()).hasSameSizeAs(some.trades());
            for (int i = 0; i < some.trades().size(); i++) {
                double quantity = some.trades().get(i).quantity();
                assertThat(dearer.trades().get(i).quantity()).isCloseTo(quantity, within(1e-9 * quantity));
            }
            for (int bar = 0; bar < some.size(); bar++) {
                assertThat(dearer.equity(bar) / 1.7).isCloseTo(some.book().equity(bar), some.tolerance());
            }
        });
    }

    @Test
    void aFractionOfAUnitIsAsGoodAsAUnit() {
        forEachCase(some -> {
            if (some.settings.sizing() instanceof Sizing.Equity) {
                Settlement split = some.settle(0.25, CASH);
                assertThat(split.trades()).hasSameSizeAs(some.trades());
                for (int bar = 0; bar < some.size(); bar++) {
                    assertThat(split.equity(bar)).isEqualTo(some.book().equity(bar));
                }
            }
        });
    }

    @Test
    void everyFigureIsANumberOrUndefined() {
        forEachCase(some -> {
            Metrics metrics = MetricsCalculator.of(some.bars, some.book());
            assertThat(metrics.values())
                    .containsOnlyKeys(MetricName.ids())
                    .allSatisfy((name, value) ->
                            assertThat(value).isNotIn(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
            assertThat(metrics.value("maxDrawdown")).isBetween(0.0, 1.0);
            assertThat(metrics.value("exposure")).isBetween(0.0, 1.0);
        });
    }

    private static void forEachCase(Consumer<Case> property) {
        for (long seed = 0; seed < CASES; seed++) {
            Case some = new Case(seed);
            try {
                property.accept(some);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", " + some.settings + ": " + e.getMessage(), e);
            }
        }
    }

    /** Bars, decisions and settings drawn from one seed, and the book made of them. */
    private static final class Case {

        private final double[][] prices;
        private final double[] targets;
        private final LedgerSettings settings;
        private final Bars bars;
        private final Settlement book;

        Case(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int size = random.nextInt(2, 60);
            double wildness = pick(random, 0.01, 0.05, 0.4);
            prices = new double[size][2];
            targets = new double[size];
            double price = 100;
            for (int bar = 0; bar < size; bar++) {
                price *= Math.exp(wildness * random.nextDouble(-1, 1));
                prices[bar][0] = price;
                price *= Math.exp(wildness * random.nextDouble(-1, 1));
                prices[bar][1] = price;
                boolean keeps = bar > 0 && random.nextInt(3) == 0;
                targets[bar] = keeps ? targets[bar - 1] : pick(random, TARGETS);
            }
            Sizing sizing = switch (random.nextInt(4)) {
                case 0 -> new Sizing.Whole();
                case 1 -> new Sizing.Units(random.nextDouble(0.1, 150));
                default -> new Sizing.Equity();
            };
            Costs costs = new Costs(pick(random, COMMISSIONS), pick(random, SLIPPAGES));
            settings = new LedgerSettings(CASH, sizing, costs, random.nextBoolean());
            bars = bars(1);
            book = settle(1, CASH);
        }

        private static double pick(SplittableRandom random, double... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private Bars bars(double scale) {
            Instant start = Instant.parse("2020-01-01T00:00:00Z");
            List<Bar> list = new ArrayList<>();
            for (int bar = 0; bar < prices.length; bar++) {
                double open = scale * prices[bar][0];
                double close = scale * prices[bar][1];
                Instant time = start.plus(Duration.ofDays(bar));
                list.add(new Bar(time, open, Math.max(open, close), Math.min(open, close), close, 1));
            }
            return Bars.of("random", list);
        }

        Settlement settle(double scale, double cash) {
            LedgerSettings scaled =
                    new LedgerSettings(cash, settings.sizing(), settings.costs(), settings.closeAtEnd());
            return Ledger.settle(bars(scale), Decisions.of(targets), scaled);
        }

        Settlement book() {
            return book;
        }

        List<Trade> trades() {
            return book.trades();
        }

        int size() {
            return targets.length;
        }

        double commission() {
            return settings.costs().commission();
        }

        Offset<Double> tolerance() {
            return within(rounding());
        }

        /** What rounding can add up to, in currency: a small part of what went through the book. */
        double rounding() {
            double turnover = trades().stream()
                    .mapToDouble(trade -> trade.quantity() * (trade.entryPrice() + trade.exitPrice()))
                    .sum();
            return 1e-12 * (CASH + turnover);
        }

        boolean ruinedBy(int bar) {
            return book.ruinedAt().isPresent() && book.ruinedAt().getAsInt() <= bar;
        }

        /** The target in force at a bar's open. */
        double target(int bar) {
            return bar == 0 ? 0 : targets[bar - 1];
        }

        /** Of the equity; a fixed number of units is only limited by what all of it can pay. */
        double largestShare(int bar) {
            return settings.sizing() instanceof Sizing.Units ? 1 : Math.abs(target(bar));
        }

        boolean changesAt(int bar) {
            return bar > 0 && target(bar) != target(bar - 1);
        }

        boolean movesWithinASide(int bar) {
            return changesAt(bar) && target(bar) * target(bar - 1) > 0;
        }

        boolean reverses(int bar) {
            return target(bar) * target(bar - 1) < 0;
        }

        double exitFee(Trade trade) {
            return trade.open() ? 0 : commission() * trade.quantity() * trade.exitPrice();
        }

        /** After the fills at a bar's open. */
        double cash(int bar) {
            double cash = CASH;
            for (Trade trade : trades()) {
                if (trade.entryBar() <= bar) {
                    double value = trade.quantity() * trade.entryPrice();
                    cash -= sign(trade) * value + commission() * value;
                }
                if (!trade.open() && trade.exitBar() <= bar) {
                    cash += sign(trade) * trade.quantity() * trade.exitPrice() - exitFee(trade);
                }
            }
            return cash;
        }

        /** After the fills at a bar's open. */
        double held(int bar) {
            return trades().stream()
                    .filter(trade -> trade.entryBar() <= bar && (trade.open() || trade.exitBar() > bar))
                    .mapToDouble(trade -> sign(trade) * trade.quantity())
                    .sum();
        }

        private static int sign(Trade trade) {
            return trade.side() == Side.LONG ? 1 : -1;
        }
    }
}
