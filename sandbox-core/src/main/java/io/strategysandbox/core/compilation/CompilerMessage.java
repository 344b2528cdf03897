package io.strategysandbox.core.compilation;

/**
 * An error that the compiler reported.
 *
 * @param path the source file, relative to the strategy directory; empty if it is not about a file
 * @param line the line, from 1; 0 if unknown
 * @param column the column, from 1; 0 if unknown
 * @param message the compiler's words
 */
public record CompilerMessage(String path, int line, int column, String message) {}
