package io.strategysandbox.core.backtest;

import io.strategysandbox.core.market.Bars;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the figures of a backtest. Definitions follow backtesting.py 0.6 (its {@code _stats.py}) except where
 * {@code docs/metrics.md} gives a reason; all transcendental functions are {@link StrictMath}'s, so that the figures are
 * the same on every machine.
 */
public final class MetricsCalculator {

    private static final long DAY_MILLIS = 86_400_000L;
    private static final double DAYS_A_YEAR = 365.25;
    private static final double WEEKEND_SHARE = 2.0 / 7 * 0.6;

    /** Fewer returns than this, or than a year has, tell nothing about a year. */
    private static final int ENOUGH_RETURNS = 30;

    /** Returns that deviate less than this from each other are the same, but for rounding. */
    private static final double STEADY = 1e-12;

    /** A year that loses more than this leaves next to nothing to vary: its volatility is nearly zero for that reason. */
    private static final double TOTAL_LOSS = -0.99;

    private final Bars bars;
    private final Settlement book;
    private final Map<MetricName, Double> values = new LinkedHashMap<>();
    private final Map<String, String> conventions = new LinkedHashMap<>();

    private MetricsCalculator(Bars bars, Settlement book) {
        this.bars = bars;
        this.book = book;
    }

    /**
     * Computes all figures.
     *
     * @param bars the host's bars
     * @param book what the ledger made of them
     * @return every {@link MetricName}, in its order; NaN where a figure does not exist
     */
    public static Metrics of(Bars bars, Settlement book) {
        MetricsCalculator calculator = new MetricsCalculator(bars, book);
        calculator.equity();
        calculator.drawdown();
        calculator.annual();
        calculator.trades();
        Map<String, Double> ordered = new LinkedHashMap<>();
        for (MetricName name : MetricName.values()) {
            double value = calculator.values.getOrDefault(name, Double.NaN);
            ordered.put(name.id(), Double.isInfinite(value) ? Double.NaN : value);
        }
        return new Metrics(ordered, calculator.conventions);
    }

    private void equity() {
        int last = book.size() - 1;
        double growth = book.equity(last) / book.cash();
        values.put(MetricName.FINAL_EQUITY, book.equity(last));
        values.put(MetricName.RETURN, growth - 1);
        values.put(MetricName.BUY_AND_HOLD_RETURN, bars.close(last) / bars.close(0) - 1);
        conventions.put("buyAndHold", "close of the first bar to close of the last, no costs");
        values.put(MetricName.FEES, book.fees());
        values.put(MetricName.RUINED, ruined() ? 1.0 : 0.0);
        values.put(MetricName.SHORTFALL, book.shortfall());
    }

    private boolean ruined() {
        return book.ruinedAt().isPresent();
    }

    /** What a year like this would bring, from the equity at the end of each day, week, month or year. */
    private void annual() {
        int periods = periodsAYear();
        double[] levels = bars.period().compareTo(Duration.ofDays(1)) < 0 ? endOfDayEquity() : everyEquity();
        int count = levels.length - 1;
        int enough = Math.max(2, Math.min(ENOUGH_RETURNS, periods));
        conventions.put("annualisation", periods + " periods a year, geometric");
        conventions.put("returns", levels.length == book.size() ? "per bar" : "per day in UTC, last bar of each day");
        conventions.put("years", "calendar days between the first and the last bar / 365.25");
        conventions.put("riskFreeRate", "0");
        conventions.put("variance", "sample variance (n - 1)");
        if (count < enough) {
            conventions.put("annualFigures", "undefined: " + count + " returns, " + enough + " are needed");
        } else if (ruined()) {
            values.put(MetricName.CAGR, -1.0);
            values.put(MetricName.ANNUAL_RETURN, -1.0);
            conventions.put("annualFigures", "a total loss; volatility and ratios are undefined after a ruin");
        } else {
            annual(levels, periods);
            boolean nothingLeft = values.get(MetricName.ANNUAL_RETURN) < TOTAL_LOSS;
            conventions.put(
                    "annualFigures",
                    "from " + count + " returns"
                            + (nothingLeft ? "; next to nothing is left to have a Sharpe ratio" : ""));
        }
    }

    private void annual(double[] levels, int periods) {
        int last = book.size() - 1;
        double years = (bars.epochMillis(last) - bars.epochMillis(0)) / (DAYS_A_YEAR * DAY_MILLIS);
        values.put(MetricName.CAGR, StrictMath.pow(book.equity(last) / book.cash(), 1 / years) - 1);
        double[] returns = new double[levels.length - 1];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = levels[i + 1] / levels[i] - 1;
        }
        double mean = geometricMean(returns);
        double annual = StrictMath.pow(1 + mean, periods) - 1;
        double volatility = volatility(variance(returns), mean, periods);
        double downside = 0;
        for (double value : returns) {
            downside += value < 0 ? value * value : 0;
        }
        double downsideRisk = StrictMath.sqrt(downside / returns.length) * StrictMath.sqrt(periods);
        values.put(MetricName.ANNUAL_RETURN, annual);
        values.put(MetricName.VOLATILITY, volatility);
        values.put(MetricName.SHARPE, annual < TOTAL_LOSS ? Double.NaN : ratio(annual, volatility));
        values.put(MetricName.SORTINO, ratio(annual, downsideRisk));
        values.put(MetricName.CALMAR, ratio(annual, values.get(MetricName.MAX_DRAWDOWN)));
    }

    /** The square root of {@code (variance + (1 + mean)²) ^ periods - (1 + mean) ^ (2 * periods)}, without cancellation. */
    private static double volatility(double variance, double mean, int periods) {
        if (variance < STEADY * STEADY) {
            return 0;
        }
        double relative = variance / ((1 + mean) * (1 + mean));
        return StrictMath.pow(1 + mean, periods)
                * StrictMath.sqrt(StrictMath.expm1(periods * StrictMath.log1p(relative)));
    }

    private int periodsAYear() {
        long days = bars.period().toDays();
        if (days == 7) {
            return 52;
        }
        if (days >= 28 && days <= 31) {
            return 12;
        }
        if (days >= 365) {
            return 1;
        }
        if (days > 1) {
            return (int) Math.round(DAYS_A_YEAR / days);
        }
        int weekend = 0;
        for (int i = 0; i < bars.size(); i++) {
            DayOfWeek day = LocalDate.ofEpochDay(day(i)).getDayOfWeek();
            weekend += day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? 1 : 0;
        }
        return (double) weekend / bars.size() > WEEKEND_SHARE ? 365 : 252;
    }

    private long day(int bar) {
        return Math.floorDiv(bars.epochMillis(bar), DAY_MILLIS);
    }

    private double[] everyEquity() {
        double[] levels = new double[book.size()];
        Arrays.setAll(levels, book::equity);
        return levels;
    }

    private double[] endOfDayEquity() {
        double[] levels = new double[book.size()];
        int count = 0;
        for (int i = 0; i < levels.length; i++) {
            if (i == levels.length - 1 || day(i) != day(i + 1)) {
                levels[count++] = book.equity(i);
            }
        }
        return Arrays.copyOf(levels, count);
    }

    /** The return that, repeated, gives the same growth; a total loss is -1. */
    private static double geometricMean(double[] returns) {
        double logs = 0;
        for (double value : returns) {
            if (!(value > -1)) {
                return -1;
            }
            logs += StrictMath.log(1 + value);
        }
        return StrictMath.exp(logs / returns.length) - 1;
    }

    private static double variance(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value;
        }
        mean /= values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.length - 1);
    }

    private static double ratio(double numerator, double denominator) {
        return denominator == 0 ? Double.NaN : numerator / denominator;
    }

    private void drawdown() {
        double peak = book.equity(0);
        int peakBar = 0;
        double deepest = 0;
        long longestMillis = 0;
        int longestBars = 0;
        for (int i = 0; i < book.size(); i++) {
            boolean atPeak = book.equity(i) >= peak;
            if (atPeak ? i > peakBar + 1 : i == book.size() - 1) {
                longestMillis = Math.max(longestMillis, bars.epochMillis(i) - bars.epochMillis(peakBar));
                longestBars = Math.max(longestBars, i - peakBar);
            }
            if (atPeak) {
                peak = book.equity(i);
                peakBar = i;
            }
            deepest = Math.max(deepest, 1 - book.equity(i) / peak);
        }
        values.put(MetricName.MAX_DRAWDOWN, deepest);
        values.put(MetricName.MAX_DRAWDOWN_DAYS, (double) longestMillis / DAY_MILLIS);
        values.put(MetricName.MAX_DRAWDOWN_BARS, (double) longestBars);
        conventions.put("drawdown", "equity at closes; from the peak to its recovery, or to the last bar");
    }

    private void trades() {
        List<Trade> closed =
                book.trades().stream().filter(trade -> !trade.open()).toList();
        int count = closed.size();
        values.put(MetricName.TRADES, (double) count);
        values.put(MetricName.OPEN_TRADES, (double) (book.trades().size() - count));
        values.put(MetricName.EXPOSURE, exposure());
        conventions.put("trades", "closed trades only; one still open counts in equity and exposure");
        if (count == 0) {
            return;
        }
        double[] returns = closed.stream().mapToDouble(Trade::returnFraction).toArray();
        double[] profits = closed.stream().mapToDouble(Trade::profit).toArray();
        double gained = 0;
        double lost = 0;
        double sum = 0;
        double profit = 0;
        int wins = 0;
        for (int i = 0; i < count; i++) {
            gained += Math.max(0, returns[i]);
            lost -= Math.min(0, returns[i]);
            sum += returns[i];
            profit += profits[i];
            wins += profits[i] > 0 ? 1 : 0;
        }
        values.put(MetricName.WIN_RATE, (double) wins / count);
        values.put(MetricName.BEST_TRADE, Arrays.stream(returns).max().orElse(Double.NaN));
        values.put(MetricName.WORST_TRADE, Arrays.stream(returns).min().orElse(Double.NaN));
        values.put(MetricName.AVERAGE_TRADE, geometricMean(returns));
        values.put(MetricName.PROFIT_FACTOR, ratio(gained, lost));
        values.put(MetricName.EXPECTANCY, sum / count);
        double deviation = count > 1 ? StrictMath.sqrt(variance(profits)) : 0;
        values.put(MetricName.SQN, ratio(StrictMath.sqrt(count) * (profit / count), deviation));
    }

    /** The part of the bars in which something was held, the bars of entry and exit included. */
    private double exposure() {
        int[] changes = new int[book.size() + 1];
        for (Trade trade : book.trades()) {
            changes[trade.entryBar()]++;
            changes[trade.exitBar() + 1]--;
        }
        int open = 0;
        int exposed = 0;
        for (int i = 0; i < book.size(); i++) {
            open += changes[i];
            exposed += open > 0 ? 1 : 0;
        }
        return (double) exposed / book.size();
    }
}
