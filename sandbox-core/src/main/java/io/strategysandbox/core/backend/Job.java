package io.strategysandbox.core.backend;

import io.strategysandbox.api.Parameters;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.Manifest.Direction;

/**
 * What a runner is to run.
 *
 * @param strategy the strategy's name, for messages
 * @param classes the class files
 * @param entry the entry class's binary name
 * @param direction the side that a ta4j strategy trades
 * @param parameters the strategy's parameters
 */
public record Job(String strategy, CompiledClasses classes, String entry, Direction direction, Parameters parameters) {}
