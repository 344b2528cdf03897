package io.strategysandbox.core.validation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The library classes that a source may name, read as bytes: those that the allow-list or the list of dangers names, and
 * their ancestors. Thread-safe.
 */
final class LibraryTypes {

    /** Names that do not exist are the input's to choose. */
    private static final int MAX_MISSED = 10_000;

    private final Libraries libraries;
    private final AllowList allowList;
    private final Dangers dangers;
    private final Map<String, LibraryType> known = new ConcurrentHashMap<>();
    private final Set<String> missed = ConcurrentHashMap.newKeySet();

    LibraryTypes(Libraries libraries, AllowList allowList, Dangers dangers) {
        this.libraries = libraries;
        this.allowList = allowList;
        this.dangers = dangers;
    }

    /** A class by its binary name with dots. */
    Optional<LibraryType> named(String name) {
        return allowList.allowsType(name) || dangers.names(name) ? any(name) : Optional.empty();
    }

    /** A class that a known class names as its parent. */
    Optional<LibraryType> any(String name) {
        LibraryType hit = known.get(name);
        if (hit != null) {
            return Optional.of(hit);
        }
        if (missed.contains(name)) {
            return Optional.empty();
        }
        Optional<LibraryType> read = libraries.find(name.replace('.', '/')).map(LibraryType::new);
        read.ifPresentOrElse(type -> known.put(name, type), () -> miss(name));
        return read;
    }

    private void miss(String name) {
        if (missed.size() < MAX_MISSED) {
            missed.add(name);
        }
    }

    /** Whether a class may not be used, and the list of dangers says what it is. */
    Optional<Dangers.Danger> danger(String name) {
        return allowList.allowsType(name) ? Optional.empty() : dangers.ofType(name);
    }

    boolean allows(String name) {
        return allowList.allowsType(name);
    }
}
