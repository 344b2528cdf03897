package io.strategysandbox.core.backend;

import java.util.Locale;

/** What separates a strategy from this machine. */
public enum Isolation {
    /** A container with the whole profile. */
    DOCKER,
    /** A child process: limits of heap and time, and little else. */
    LOCAL;

    /** {@return the name used in reports, such as {@code docker}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
