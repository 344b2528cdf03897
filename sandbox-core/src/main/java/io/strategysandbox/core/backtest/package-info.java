/**
 * The host's own book: decisions and the host's bars become fills, trades, an equity curve and metrics.
 */
@NullMarked
package io.strategysandbox.core.backtest;

import org.jspecify.annotations.NullMarked;
