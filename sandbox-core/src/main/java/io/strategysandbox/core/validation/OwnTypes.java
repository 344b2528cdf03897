package io.strategysandbox.core.validation;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.nodeTypes.NodeWithName;
import io.strategysandbox.core.validation.SourceType.Own;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The classes that the files of one strategy declare outside of other classes. */
final class OwnTypes {

    private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|interface|enum|record)\\s+([\\w$]+)");

    private final LibraryTypes libraries;
    private final Map<String, OwnType> types = new HashMap<>();
    private final IdentityHashMap<TypeDeclaration<?>, OwnType> declarations = new IdentityHashMap<>();
    private final IdentityHashMap<CompilationUnit, TypeScope> scopes = new IdentityHashMap<>();
    private final Set<String> unread = new HashSet<>();

    OwnTypes(LibraryTypes libraries) {
        this.libraries = libraries;
    }

    void add(CompilationUnit unit) {
        TypeScope scope = TypeScope.of(new FileNames(unit, this, libraries));
        scopes.put(unit, scope);
        String prefix = unit.getPackageDeclaration()
                .map(NodeWithName::getNameAsString)
                .map(name -> name + ".")
                .orElse("");
        for (TypeDeclaration<?> declaration : unit.getTypes()) {
            OwnType type = OwnType.of(declaration, scope);
            types.put(prefix + declaration.getNameAsString(), type);
            declarations.put(declaration, type);
        }
    }

    /** To be called when all files are known. */
    void settle() {
        types.values().forEach(OwnType::settle);
    }

    /** A file that was not understood: it may declare anything that looks like a declaration. */
    void addUnread(String text) {
        Matcher matcher = DECLARATION.matcher(text);
        while (matcher.find()) {
            unread.add(matcher.group(1));
        }
    }

    Optional<SourceType> named(String qualifiedName) {
        return Optional.ofNullable(types.get(qualifiedName)).map(type -> new Own(type, List.of()));
    }

    boolean isUnread(String simpleName) {
        return unread.contains(simpleName);
    }

    TypeScope scope(CompilationUnit unit) {
        return scopes.getOrDefault(unit, TypeScope.of(new FileNames(unit, this, libraries)));
    }

    Optional<OwnType> of(TypeDeclaration<?> declaration) {
        return Optional.ofNullable(declarations.get(declaration));
    }
}
