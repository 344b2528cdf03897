/**
 * What this process leaves on the host while it runs: temporary folders, which go when it closes them, or, if it was
 * killed, when another one starts.
 */
@NullMarked
package io.strategysandbox.core.host;

import org.jspecify.annotations.NullMarked;
