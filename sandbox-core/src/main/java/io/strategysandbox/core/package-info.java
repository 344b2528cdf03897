/**
 * The facade: {@link io.strategysandbox.core.Sandbox} takes a folder of strategies the whole way, from discovery to
 * report. The only package that knows all others; none knows it.
 */
@NullMarked
package io.strategysandbox.core;

import org.jspecify.annotations.NullMarked;
