/**
 * Runners as child processes of this machine: the fallback without a Docker engine, and honest about what it
 * does not enforce.
 */
@NullMarked
package io.strategysandbox.core.backend.local;

import org.jspecify.annotations.NullMarked;
