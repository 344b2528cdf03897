/** The goals: parameters in, one call of the core, messages out. */
@NullMarked
package io.strategysandbox.maven;

import org.jspecify.annotations.NullMarked;
