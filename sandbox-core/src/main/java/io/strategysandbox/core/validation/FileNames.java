package io.strategysandbox.core.validation;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.expr.Name;
import com.github.javaparser.ast.nodeTypes.NodeWithName;
import io.strategysandbox.core.validation.SourceType.Own;
import io.strategysandbox.core.validation.SourceType.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types that a file sees by their simple names: imported, of its package, of {@code java.lang}. */
final class FileNames {

    private final OwnTypes ownTypes;
    private final LibraryTypes libraries;
    private final String packageName;
    private final Map<String, String> imported = new HashMap<>();
    private final List<String> wildcards = new ArrayList<>();
    private final Map<String, List<String>> staticallyImported = new HashMap<>();
    private final List<String> staticWildcards = new ArrayList<>();
    private final Map<String, Optional<SourceType>> found = new HashMap<>();

    FileNames(CompilationUnit unit, OwnTypes ownTypes, LibraryTypes libraries) {
        this.ownTypes = ownTypes;
        this.libraries = libraries;
        packageName = unit.getPackageDeclaration()
                .map(NodeWithName::getNameAsString)
                .map(name -> name + ".")
                .orElse("");
        unit.getImports().forEach(this::add);
    }

    private void add(ImportDeclaration declaration) {
        String name = declaration.getNameAsString();
        String simple = declaration.getName().getIdentifier();
        String qualifier =
                declaration.getName().getQualifier().map(Name::asString).orElse("");
        if (declaration.isStatic() && declaration.isAsterisk()) {
            staticWildcards.add(name);
        } else if (declaration.isStatic()) {
            staticallyImported.computeIfAbsent(simple, any -> new ArrayList<>()).add(qualifier);
        } else if (declaration.isAsterisk()) {
            wildcards.add(name);
        } else {
            imported.put(simple, name);
        }
    }

    /** The classes whose static member a simple name may be, those that are imported by that name first. */
    List<SourceType> staticOwners(String member) {
        List<SourceType> owners = new ArrayList<>();
        staticallyImported.getOrDefault(member, List.of()).forEach(name -> owners.add(qualified(name)));
        staticWildcards.forEach(name -> owners.add(qualified(name)));
        return owners;
    }

    Optional<SourceType> find(String name) {
        Optional<SourceType> known = found.get(name);
        if (known == null) {
            known = look(name);
            found.put(name, known);
        }
        return known;
    }

    private Optional<SourceType> look(String name) {
        String single = imported.get(name);
        if (single != null) {
            return Optional.of(qualified(single));
        }
        return ownTypes.named(packageName + name)
                .or(() -> ownTypes.isUnread(name) ? Optional.of(Unknown.TYPE) : Optional.empty())
                .or(() -> onDemand(name));
    }

    private Optional<SourceType> onDemand(String name) {
        if (!isClassName(name)) {
            return Optional.empty();
        }
        for (String owner : staticallyImported.getOrDefault(name, List.of())) {
            Optional<SourceType> member = member(owner, name);
            if (member.isPresent()) {
                return member;
            }
        }
        for (String wildcard : wildcards) {
            Optional<SourceType> member = member(wildcard, name);
            if (member.isPresent()) {
                return member;
            }
        }
        for (String wildcard : staticWildcards) {
            Optional<SourceType> member = member(wildcard, name);
            if (member.isPresent()) {
                return member;
            }
        }
        return library("java.lang." + name);
    }

    /** A class that a package or a class has. */
    private Optional<SourceType> member(String owner, String name) {
        Optional<SourceType> own = ownTypes.named(owner + "." + name);
        if (own.isPresent()) {
            return own;
        }
        SourceType enclosing = qualified(owner);
        if (enclosing instanceof Own outer) {
            return outer.type().member(name);
        }
        return enclosing instanceof SourceType.Library library
                        && libraries.named(library.name()).isPresent()
                ? nested(library.name(), name)
                : libraries.named(owner + "." + name).map(type -> SourceType.library(owner + "." + name));
    }

    /** A member class of a library class, its own or inherited. */
    Optional<SourceType> nested(String className, String name) {
        for (SourceType type :
                new Ancestry(libraries).of(SourceType.library(className)).types()) {
            if (type instanceof SourceType.Library library
                    && libraries
                            .any(library.name())
                            .filter(known -> known.shape().nested().contains(name))
                            .isPresent()) {
                return Optional.of(SourceType.library(library.name() + "$" + name));
            }
        }
        return Optional.empty();
    }

    private Optional<SourceType> library(String name) {
        return libraries.named(name).isPresent() || libraries.danger(name).isPresent()
                ? Optional.of(SourceType.library(name))
                : Optional.empty();
    }

    /** What a name of packages and classes means. */
    SourceType qualified(String name) {
        Optional<SourceType> own = ownTypes.named(name);
        int dot = name.lastIndexOf('.');
        if (own.isPresent() || dot < 0) {
            return own.orElse(Unknown.TYPE);
        }
        String simple = name.substring(dot + 1);
        String qualifier = name.substring(0, dot);
        if (isClassName(qualifier.substring(qualifier.lastIndexOf('.') + 1))) {
            SourceType enclosing = qualified(qualifier);
            if (enclosing instanceof Own outer) {
                return outer.type().member(simple).orElse(Unknown.TYPE);
            }
            return enclosing instanceof SourceType.Library library
                    ? nested(library.name(), simple).orElse(Unknown.TYPE)
                    : Unknown.TYPE;
        }
        return isClassName(simple) ? library(name).orElse(Unknown.TYPE) : Unknown.TYPE;
    }

    /** As in every library; packages and variables begin with a small letter. */
    private static boolean isClassName(String simpleName) {
        return !simpleName.isEmpty() && Character.isUpperCase(simpleName.charAt(0));
    }
}
