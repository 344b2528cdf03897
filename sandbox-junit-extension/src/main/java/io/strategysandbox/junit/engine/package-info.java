/**
 * Strategy directories as tests of the JUnit Platform. In come selectors, out come results of tests; what happens between is
 * the core's.
 */
@NullMarked
package io.strategysandbox.junit.engine;

import org.jspecify.annotations.NullMarked;
