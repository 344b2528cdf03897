/** What a user writes, run on each JUnit that is supported; not part of this module's own tests. */
@NullMarked
package io.strategysandbox.junit.consumer;

import org.jspecify.annotations.NullMarked;
