package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.SourceType.Unknown;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The variables that are seen at a place: those of a block, or the fields of a class, and those outside of it. */
final class Scope {

    private final Optional<Scope> outer;
    private final Optional<OwnType> type;
    private final TypeScope types;
    private final Map<String, SourceType> variables = new HashMap<>();
    private final Map<String, SourceType> patterns = new HashMap<>();

    private Scope(Optional<Scope> outer, Optional<OwnType> type, TypeScope types) {
        this.outer = outer;
        this.type = type;
        this.types = types;
    }

    static Scope of(TypeScope types) {
        return new Scope(Optional.empty(), Optional.empty(), types);
    }

    Scope inside() {
        return new Scope(Optional.of(this), Optional.empty(), types.inside());
    }

    Scope inside(OwnType ownType) {
        return new Scope(Optional.of(this), Optional.of(ownType), ownType.scope());
    }

    Optional<Scope> outer() {
        return outer;
    }

    /** The class whose members are seen here. */
    Optional<OwnType> type() {
        return type;
    }

    TypeScope types() {
        return types;
    }

    void declare(String name, SourceType variable) {
        variables.put(name, variable);
    }

    /** Where a pattern's variable is seen depends on the flow; it may also be another variable that is meant. */
    void declarePattern(String name, SourceType variable) {
        patterns.merge(name, variable, (one, other) -> one.equals(other) ? one : Unknown.TYPE);
    }

    /** Takes over what another scope's patterns declare. */
    void declarePatternsOf(Scope other) {
        other.patterns.forEach(this::declarePattern);
    }

    /** A variable of a block, without a look at the fields of classes. */
    Optional<SourceType> local(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    Optional<SourceType> pattern(String name) {
        return Optional.ofNullable(patterns.get(name));
    }

    /** The innermost class. */
    Optional<OwnType> innermost() {
        return type.or(() -> outer.flatMap(Scope::innermost));
    }
}
