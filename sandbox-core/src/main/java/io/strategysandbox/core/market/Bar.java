package io.strategysandbox.core.market;

import java.time.Instant;

/**
 * One OHLCV row.
 *
 * @param time the label the data gives the bar; a date stands for its midnight in UTC
 * @param open first price, above zero
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume traded quantity, zero or more
 */
public record Bar(Instant time, double open, double high, double low, double close, double volume) {}
