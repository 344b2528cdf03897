/**
 * The process that compiles: javac behind a pair of streams. It needs nothing but the JDK. Sources enter, class files or
 * messages leave; no code of the input runs and no file is written.
 */
@NullMarked
package io.strategysandbox.core.compilation.worker;

import org.jspecify.annotations.NullMarked;
