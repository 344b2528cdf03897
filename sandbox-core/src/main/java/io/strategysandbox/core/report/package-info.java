/**
 * Results as files: JSON, JUnit XML, console table. Values enter, bytes leave, written atomically.
 */
@NullMarked
package io.strategysandbox.core.report;

import org.jspecify.annotations.NullMarked;
