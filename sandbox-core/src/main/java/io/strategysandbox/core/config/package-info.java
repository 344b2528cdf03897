/**
 * Configuration as immutable records, loaded from YAML with errors that name file, line, key and allowed values.
 * Depends on nothing else here.
 */
@NullMarked
package io.strategysandbox.core.config;

import org.jspecify.annotations.NullMarked;
