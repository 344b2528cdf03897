package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.SourceType.Unknown;

/**
 * What an expression means.
 *
 * @param kind a value, or the first part of a longer name
 * @param type the type of the value, or the type that is named
 * @param name the name of a package, so far
 */
record Meaning(Kind kind, SourceType type, String name) {

    static final Meaning UNKNOWN = value(Unknown.TYPE);

    enum Kind {
        VALUE,
        TYPE,
        PACKAGE
    }

    static Meaning value(SourceType type) {
        return new Meaning(Kind.VALUE, type, "");
    }

    static Meaning type(SourceType type) {
        return new Meaning(Kind.TYPE, type, "");
    }

    static Meaning packageNamed(String name) {
        return new Meaning(Kind.PACKAGE, Unknown.TYPE, name);
    }
}
