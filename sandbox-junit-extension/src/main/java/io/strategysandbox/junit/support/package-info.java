/** What the extension and the engine share: settings of a run of tests, and its sandboxes. Not for use elsewhere. */
@NullMarked
package io.strategysandbox.junit.support;

import org.jspecify.annotations.NullMarked;
