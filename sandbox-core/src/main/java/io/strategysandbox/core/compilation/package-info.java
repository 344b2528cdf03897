/**
 * Compiles sources with javac in a worker process, without annotation processing. Sources enter, class files or
 * compiler messages leave.
 */
@NullMarked
package io.strategysandbox.core.compilation;

import org.jspecify.annotations.NullMarked;
