/** What isolation costs: the same work in turn with it and without, and how sure one can be of the difference. */
@NullMarked
package io.strategysandbox.core.benchmark;

import org.jspecify.annotations.NullMarked;
