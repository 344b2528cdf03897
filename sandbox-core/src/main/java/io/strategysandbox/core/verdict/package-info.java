/**
 * How the way of a strategy ended, and the evidence for it. Values only.
 */
@NullMarked
package io.strategysandbox.core.verdict;

import org.jspecify.annotations.NullMarked;
