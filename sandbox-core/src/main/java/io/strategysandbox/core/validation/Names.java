package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.Members.Found;
import io.strategysandbox.core.validation.SourceType.Own;
import io.strategysandbox.core.validation.SourceType.Unknown;
import java.util.List;
import java.util.Optional;

/** What simple names mean at a place: variables before types, types before packages. */
final class Names {

    private final Members members;

    Names(Members members) {
        this.members = members;
    }

    /**
     * A name, and what is known about the member if it is one.
     *
     * @param owner the class whose member it is; unknown if it is none
     */
    record Named(Meaning meaning, SourceType owner, Found found) {

        private static Named plain(Meaning meaning) {
            return new Named(meaning, Unknown.TYPE, Found.NOTHING);
        }

        private static Named member(SourceType owner, Found found) {
            return new Named(Meaning.value(found.type()), owner, found);
        }
    }

    Named of(String name, Scope scope) {
        Optional<Named> variable = variable(name, scope);
        return variable.orElseGet(() ->
                Named.plain(scope.types().find(name).map(Meaning::type).orElseGet(() -> Meaning.packageNamed(name))));
    }

    private Optional<Named> variable(String name, Scope from) {
        Optional<SourceType> pattern = Optional.empty();
        for (Optional<Scope> scope = Optional.of(from);
                scope.isPresent();
                scope = scope.get().outer()) {
            Scope here = scope.get();
            pattern = pattern.or(() -> here.pattern(name));
            Optional<Named> found = here.local(name)
                    .map(local -> Named.plain(Meaning.value(local)))
                    .or(() -> here.type().flatMap(type -> field(new Own(type, List.of()), name)));
            if (found.isPresent()) {
                return pattern.isPresent() ? Optional.of(either(pattern.get(), found.get())) : found;
            }
        }
        if (pattern.isPresent()) {
            return pattern.map(type -> Named.plain(Meaning.value(type)));
        }
        return from.types().file().staticOwners(name).stream()
                .flatMap(owner -> field(owner, name).stream())
                .findFirst();
    }

    private Optional<Named> field(SourceType owner, String name) {
        return members.field(owner, name).map(found -> Named.member(owner, found));
    }

    private static Named either(SourceType pattern, Named other) {
        return Named.plain(pattern.equals(other.meaning().type()) ? other.meaning() : Meaning.UNKNOWN);
    }

    /** The class whose method a simple name calls; unknown if that is not sure. */
    SourceType ownerOfMethod(String name, Scope from) {
        for (Optional<Scope> scope = Optional.of(from);
                scope.isPresent();
                scope = scope.get().outer()) {
            Optional<SourceType> type = scope.get().type().map(own -> new Own(own, List.of()));
            if (type.isPresent()) {
                Optional<Boolean> has = members.hasMethod(type.get(), name);
                if (has.isEmpty()) {
                    return Unknown.TYPE;
                }
                if (has.get()) {
                    return type.get();
                }
            }
        }
        return from.types().file().staticOwners(name).stream()
                .filter(owner -> members.hasMethod(owner, name).orElse(true))
                .findFirst()
                .orElse(Unknown.TYPE);
    }
}
