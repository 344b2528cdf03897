/** A sandbox as a test parameter, and strategy directories as tests. */
@NullMarked
package io.strategysandbox.junit;

import org.jspecify.annotations.NullMarked;
