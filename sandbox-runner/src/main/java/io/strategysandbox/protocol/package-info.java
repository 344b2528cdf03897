/**
 * The wire between host and runner: length-prefixed, versioned, typed, bounded frames over a pair of streams.
 * Shared by both sides; it knows neither Docker nor strategies. Every byte that comes in is treated as hostile.
 */
@NullMarked
package io.strategysandbox.protocol;

import org.jspecify.annotations.NullMarked;
