/**
 * Market data: bars, the CSV readers and the gate that refuses data no backtest should be built on.
 */
@NullMarked
package io.strategysandbox.core.market;

import org.jspecify.annotations.NullMarked;
