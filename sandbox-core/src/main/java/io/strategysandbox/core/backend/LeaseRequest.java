package io.strategysandbox.core.backend;

import java.time.Duration;

/**
 * What a lease is for.
 *
 * @param strategy the strategy's name, for labels and messages
 * @param deadline the longest that the runner may live, from its start
 */
public record LeaseRequest(String strategy, Duration deadline) {}
