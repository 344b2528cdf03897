/**
 * Watches the containers that carry our labels: meters, and the sweep that removes those whose owner is gone.
 */
@NullMarked
package io.strategysandbox.core.monitor;

import org.jspecify.annotations.NullMarked;
