/**
 * Decides whether code may run: text and syntax tree of the sources, then the class files against a default-deny
 * allow-list. Sources and class files enter, findings leave; no code of the input runs.
 */
@NullMarked
package io.strategysandbox.core.validation;

import org.jspecify.annotations.NullMarked;
