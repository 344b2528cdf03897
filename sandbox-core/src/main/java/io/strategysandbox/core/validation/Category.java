package io.strategysandbox.core.validation;

import java.util.Locale;

/** What kind of danger a finding is about. */
public enum Category {
    PROCESS,
    EXIT,
    FILE,
    NETWORK,
    REFLECTION,
    INVOKE,
    CLASSLOADING,
    NATIVE,
    UNSAFE,
    THREAD,
    PARALLELISM,
    ENVIRONMENT,
    GLOBAL_STATE,
    SERIALIZATION,
    SERVICE_LOADING,
    SCRIPTING,
    NAMING,
    DATABASE,
    LOGGING,
    ANNOTATION,
    IDENTITY,
    TEXT,
    RESOURCE,
    NONDETERMINISM,
    LOOKAHEAD,
    OTHER;

    /** {@return the name used in reports, such as {@code global-state}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
