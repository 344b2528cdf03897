package io.strategysandbox.core.strategy;

/**
 * Why a strategy directory, its manifest or its data could not be used.
 *
 * @param rule a stable id such as {@code manifest-unknown-key}
 * @param path the file or directory, relative to the folder that was searched
 * @param line the line, from 1; 0 if it is not about a line
 * @param column the column, from 1; 0 if unknown
 * @param message what is wrong, why, and one fix
 */
public record Problem(String rule, String path, int line, int column, String message) {}
