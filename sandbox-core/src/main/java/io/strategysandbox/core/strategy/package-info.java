/**
 * Strategy directories: discovery, manifests, sources, and the class files made of them, as values. Nothing of a
 * strategy is trusted here and nothing of it runs.
 */
@NullMarked
package io.strategysandbox.core.strategy;

import org.jspecify.annotations.NullMarked;
