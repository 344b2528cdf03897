package io.strategysandbox.core.config;

/**
 * Something in a YAML file that cannot be used.
 *
 * @param key the key with its parents, such as {@code limits.memory}; empty if it is not about a key
 * @param line the line, from 1
 * @param column the column, from 1
 * @param message the key, the value, and what is allowed
 */
public record YamlProblem(String key, int line, int column, String message) {}
