package io.strategysandbox.core.backtest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a backtest, in the order of the report. Formulas and sources are at {@link MetricsCalculator} and in
 * {@code docs/metrics.md}.
 */
public enum MetricName {
    FINAL_EQUITY("finalEquity", "currency"),
    RETURN("return", "fraction"),
    BUY_AND_HOLD_RETURN("buyAndHoldReturn", "fraction"),
    CAGR("cagr", "fraction a year"),
    ANNUAL_RETURN("annualReturn", "fraction a year"),
    VOLATILITY("volatility", "fraction a year"),
    SHARPE("sharpe", "ratio"),
    SORTINO("sortino", "ratio"),
    CALMAR("calmar", "ratio"),
    MAX_DRAWDOWN("maxDrawdown", "fraction"),
    MAX_DRAWDOWN_DAYS("maxDrawdownDays", "days"),
    MAX_DRAWDOWN_BARS("maxDrawdownBars", "bars"),
    EXPOSURE("exposure", "fraction of bars"),
    TRADES("trades", "count"),
    OPEN_TRADES("openTrades", "count"),
    WIN_RATE("winRate", "fraction"),
    BEST_TRADE("bestTrade", "fraction"),
    WORST_TRADE("worstTrade", "fraction"),
    AVERAGE_TRADE("averageTrade", "fraction"),
    PROFIT_FACTOR("profitFactor", "ratio"),
    EXPECTANCY("expectancy", "fraction"),
    SQN("sqn", "ratio"),
    FEES("fees", "currency"),
    RUINED("ruined", "0 or 1"),
    SHORTFALL("shortfall", "currency");

    private final String id;
    private final String unit;

    MetricName(String id, String unit) {
        this.id = id;
        this.unit = unit;
    }

    /** {@return the name in manifests and reports} */
    public String id() {
        return id;
    }

    /** {@return the unit} */
    public String unit() {
        return unit;
    }

    /**
     * The figure with a name.
     *
     * @param id the name
     * @return the figure, if there is one
     */
    public static Optional<MetricName> of(String id) {
        return Arrays.stream(values()).filter(name -> name.id.equals(id)).findFirst();
    }

    /** {@return all names, in the order of the report} */
    public static List<String> ids() {
        return Arrays.stream(values()).map(MetricName::id).toList();
    }
}
