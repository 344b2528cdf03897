package io.strategysandbox.core.validation;

import java.util.Set;

/** The keywords that are types. */
final class Primitives {

    static final Set<String> NAMES =
            Set.of("boolean", "byte", "short", "char", "int", "long", "float", "double", "void");

    private Primitives() {}
}
