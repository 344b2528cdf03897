/**
 * What a strategy's author sees: one interface and its parameters. Nothing else of the sandbox is visible
 * to a strategy, and nothing here knows the sandbox.
 */
@NullMarked
package io.strategysandbox.api;

import org.jspecify.annotations.NullMarked;
