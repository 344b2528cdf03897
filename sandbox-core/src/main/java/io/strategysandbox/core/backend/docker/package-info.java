/**
 * Runners in hardened containers of a Docker engine: the profile, the image, the lifecycle.
 */
@NullMarked
package io.strategysandbox.core.backend.docker;

import org.jspecify.annotations.NullMarked;
