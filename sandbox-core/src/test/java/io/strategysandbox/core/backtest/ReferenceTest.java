package io.strategysandbox.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strategysandbox.core.backend.Decisions;
import io.strategysandbox.core.backtest.Trade.Side;
import io.strategysandbox.core.market.Bar;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.market.BarsLoader;
import io.strategysandbox.core.strategy.Manifest.Costs;
import io.strategysandbox.core.strategy.Manifest.DataSource;
import io.strategysandbox.core.strategy.Manifest.Sizing;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same decisions on the same bars as backtesting.py, figure by figure. How {@code reference.json} came about is in
 * the README.md beside it. A figure agrees if it is within 1e-9 of the other, of its size where that is above one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceTest {

    private static final double TOLERANCE = 1e-9;
    private static final String APPLE = "appleinc_bars_from_20130101_usd.csv";

    /** What backtesting.py has no such figure for, with the reason. */
    private static final Map<String, String> OURS_ALONE = Map.of(
            "maxDrawdownBars", "it counts time only",
            "openTrades", "it counts closed trades only",
            "ruined", "it does not say",
            "shortfall", "it sets the equity to zero and forgets the rest");

    private static JsonNode reference = new ObjectMapper().createObjectNode();
    private final Map<String, Bars> bars = new TreeMap<>();

    @BeforeAll
    void load(@TempDir Path folder) throws Exception {
        try (InputStream json = ReferenceTest.class.getResourceAsStream("reference.json");
                InputStream csv = ReferenceTest.class.getResourceAsStream("/" + APPLE)) {
            reference = new ObjectMapper().readTree(json);
            Files.copy(csv, folder.resolve(APPLE));
        }
        Bars daily = new BarsLoader(folder).load(new DataSource(APPLE, Optional.empty()));
        bars.put("daily", daily);
        bars.put("sixHours", changed(daily, Duration.ofHours(6), price -> price));
        bars.put("weekly", changed(daily, Duration.ofDays(7), price -> price));
        bars.put("steep", changed(daily, Duration.ZERO, ReferenceTest::steepened));
    }

    static Stream<Case> cases() {
        return StreamSupport.stream(reference.get("cases").spliterator(), false).map(Case::new);
    }

    @Test
    void theReferenceIsThatOfTheNamedVersion() {
        assertThat(reference.at("/producedBy/backtesting").asText()).isEqualTo("0.6.6");
        assertThat(cases()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equityAtEachClose(Case expected) {
        Settlement book = settle(expected);
        assertThat(book.size()).isEqualTo(expected.numbers("equity").length);
        for (int bar = 0; bar < book.size(); bar++) {
            agree("equity at bar " + bar, book.equity(bar), expected.numbers("equity")[bar]);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void closedTrades(Case expected) {
        List<Trade> trades = settle(expected).trades().stream()
                .filter(trade -> !trade.open())
                .sorted(Comparator.comparingInt(Trade::exitBar).thenComparingInt(Trade::entryBar))
                .toList();
        JsonNode rows = expected.node().get("trades");
        assertThat(trades).hasSize(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Trade trade = trades.get(i);
            JsonNode row = rows.get(i);
            String name = "trade " + i + " ";
            double side = trade.side() == Side.LONG ? 1 : -1;
            agree(name + "size", side * trade.quantity(), row.get(0).asDouble());
            assertThat(trade.entryBar()).as(name + "entry").isEqualTo(row.get(1).asInt());
            assertThat(trade.exitBar()).as(name + "exit").isEqualTo(row.get(2).asInt());
            agree(name + "profit", trade.profit(), row.get(5).asDouble());
            if (!expected.slippageIs("commission")) {
                agree(name + "entry price", trade.entryPrice(), row.get(3).asDouble());
                agree(name + "exit price", trade.exitPrice(), row.get(4).asDouble());
                agree(name + "return", trade.returnFraction(), row.get(6).asDouble());
                agree(name + "fees", trade.fees(), row.get(7).asDouble());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void metrics(Case expected) {
        Settlement book = settle(expected);
        Metrics metrics = MetricsCalculator.of(bars(expected), book);
        Set<String> leftOut = leftOut(expected, book).keySet();
        JsonNode theirs = expected.node().get("metrics");
        for (String name : MetricName.ids()) {
            if (!OURS_ALONE.containsKey(name) && !leftOut.contains(name)) {
                assertThat(theirs.has(name)).as(name).isTrue();
                agree(name, metrics.value(name), theirs.get(name).asDouble(Double.NaN));
            }
        }
    }

    /** The figures of a case that differ by intention, with the reason; {@code docs/metrics.md} says so too. */
    private static Map<String, String> leftOut(Case expected, Settlement book) {
        Map<String, String> reasons = new TreeMap<>();
        if (book.trades().stream().anyMatch(Trade::open)) {
            reasons.put("exposure", "theirs does not see a trade that is still open");
            reasons.put("fees", "theirs leaves out what a trade that is still open has cost");
        }
        if (expected.slippageIs("commission")) {
            String reason = "only ours puts slippage into the price, so the value at entry differs";
            Set.of("bestTrade", "worstTrade", "averageTrade", "profitFactor", "expectancy", "fees")
                    .forEach(name -> reasons.put(name, reason));
        }
        if (book.ruinedAt().isPresent()) {
            Set.of("annualReturn", "averageTrade")
                    .forEach(name -> reasons.put(name, "a total loss counts as a mean of 0 there, of -1 here"));
            Set.of("volatility", "sharpe", "sortino", "calmar")
                    .forEach(name -> reasons.put(name, "they mean nothing once the equity is gone"));
        }
        if (expected.node().at("/metrics/maxDrawdown").asDouble() == 0) {
            reasons.put("maxDrawdownDays", "undefined there, 0 here, if there was no drawdown");
        }
        return reasons;
    }

    private Settlement settle(Case expected) {
        return Ledger.settle(bars(expected), Decisions.of(expected.numbers("targets")), expected.settings());
    }

    private Bars bars(Case expected) {
        return Optional.ofNullable(bars.get(expected.text("bars"))).orElseThrow();
    }

    private static Bars changed(Bars daily, Duration spacing, DoubleUnaryOperator price) {
        List<Bar> changed = new ArrayList<>();
        for (int i = 0; i < daily.size(); i++) {
            Instant time = spacing.isZero()
                    ? Instant.ofEpochMilli(daily.epochMillis(i))
                    : Instant.ofEpochMilli(daily.epochMillis(0)).plus(spacing.multipliedBy(i));
            changed.add(new Bar(
                    time,
                    price.applyAsDouble(daily.open(i)),
                    price.applyAsDouble(daily.high(i)),
                    price.applyAsDouble(daily.low(i)),
                    price.applyAsDouble(daily.close(i)),
                    daily.volume(i)));
        }
        return Bars.of("changed", changed);
    }

    private static double steepened(double price) {
        double squared = (price / 100) * (price / 100);
        return squared * squared;
    }

    private static void agree(String name, double ours, double theirs) {
        boolean agrees = Double.isNaN(theirs)
                ? Double.isNaN(ours)
                : Math.abs(ours - theirs) <= TOLERANCE * Math.max(1, Math.abs(theirs));
        assertThat(agrees)
                .as("%s: ours is %s, theirs is %s", name, ours, theirs)
                .isTrue();
    }

    /** One run of backtesting.py. */
    private record Case(JsonNode node) {

        String text(String name) {
            return node.get(name).asText();
        }

        boolean slippageIs(String kind) {
            return text("slippageIs").equals(kind);
        }

        double[] numbers(String name) {
            return StreamSupport.stream(node.get(name).spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
        }

        LedgerSettings settings() {
            Costs costs = new Costs(
                    node.get("commission").asDouble(), node.get("slippageBps").asDouble());
            return new LedgerSettings(
                    node.get("cash").asDouble(),
                    sizing(),
                    costs,
                    node.get("closeAtEnd").asBoolean());
        }

        private Sizing sizing() {
            return switch (text("sizing")) {
                case "equity" -> new Sizing.Equity();
                case "whole" -> new Sizing.Whole();
                default -> new Sizing.Units(node.get("units").asDouble());
            };
        }

        @Override
        public String toString() {
            return text("name");
        }
    }
}
