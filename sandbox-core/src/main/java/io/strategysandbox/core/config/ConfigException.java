package io.strategysandbox.core.config;

/** A configuration cannot be used. The message names file, line, key, the value, and what is allowed. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message for whoever wrote the configuration.
     *
     * @param message file, line, key, value, and what is allowed
     */
    public ConfigException(String message) {
        super(message);
    }
}
