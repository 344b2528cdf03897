package io.strategysandbox.core.validation;

import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.type.ArrayType;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.PrimitiveType;
import com.github.javaparser.ast.type.Type;
import com.github.javaparser.ast.type.TypeParameter;
import com.github.javaparser.ast.type.VoidType;
import com.github.javaparser.ast.type.WildcardType;
import io.strategysandbox.core.validation.SourceType.Array;
import io.strategysandbox.core.validation.SourceType.Library;
import io.strategysandbox.core.validation.SourceType.Own;
import io.strategysandbox.core.validation.SourceType.Unknown;
import io.strategysandbox.core.validation.SourceType.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What simple type names mean at a place: type variables, local classes, member classes, and what the file sees. */
final class TypeScope {

    private final Optional<TypeScope> outer;
    private final Optional<OwnType> type;
    private final FileNames file;
    private final Map<String, SourceType> names = new HashMap<>();

    private TypeScope(Optional<TypeScope> outer, Optional<OwnType> type, FileNames file) {
        this.outer = outer;
        this.type = type;
        this.file = file;
    }

    static TypeScope of(FileNames file) {
        return new TypeScope(Optional.empty(), Optional.empty(), file);
    }

    TypeScope inside() {
        return new TypeScope(Optional.of(this), Optional.empty(), file);
    }

    TypeScope inside(OwnType ownType) {
        return new TypeScope(Optional.of(this), Optional.of(ownType), file);
    }

    void declare(String name, SourceType meaning) {
        names.put(name, meaning);
    }

    /** Declares type variables. {@return their unique names} */
    List<String> declare(NodeList<TypeParameter> parameters, String owner) {
        parameters.forEach(parameter -> declare(
                parameter.getNameAsString(), new Variable(owner + parameter.getNameAsString(), List.of(Unknown.TYPE))));
        parameters.forEach(parameter -> declare(
                parameter.getNameAsString(), new Variable(owner + parameter.getNameAsString(), bounds(parameter))));
        return parameters.stream()
                .map(parameter -> owner + parameter.getNameAsString())
                .toList();
    }

    private List<SourceType> bounds(TypeParameter parameter) {
        return parameter.getTypeBound().isEmpty()
                ? List.of(SourceType.library("java.lang.Object"))
                : parameter.getTypeBound().stream().map(this::read).toList();
    }

    /** The meaning of a simple name; empty if no type of that name is known here. */
    Optional<SourceType> find(String name) {
        for (Optional<TypeScope> scope = Optional.of(this); scope.isPresent(); scope = scope.get().outer) {
            SourceType declared = scope.get().names.get(name);
            if (declared != null) {
                return Optional.of(declared);
            }
            Optional<SourceType> member = scope.get().type.flatMap(own -> own.member(name));
            if (member.isPresent()) {
                return member;
            }
        }
        return file.find(name);
    }

    /** The type that a type node names. */
    SourceType read(Type node) {
        if (node instanceof ClassOrInterfaceType named) {
            List<SourceType> arguments = named.getTypeArguments().stream()
                    .flatMap(NodeList::stream)
                    .map(this::read)
                    .toList();
            return with(named(named), arguments);
        }
        if (node instanceof ArrayType array) {
            return new Array(read(array.getComponentType()));
        }
        if (node instanceof WildcardType wildcard) {
            return wildcard.getExtendedType()
                    .or(wildcard::getSuperType)
                    .map(this::read)
                    .orElse(Unknown.TYPE);
        }
        return node instanceof PrimitiveType || node instanceof VoidType
                ? SourceType.library(node.asString())
                : Unknown.TYPE;
    }

    private SourceType named(ClassOrInterfaceType node) {
        String name = node.getNameAsString();
        if (node.getScope().isEmpty()) {
            return find(name).orElse(Unknown.TYPE);
        }
        ClassOrInterfaceType scope = node.getScope().get();
        SourceType enclosing = named(scope);
        return enclosing.isKnown()
                ? member(enclosing, name).orElse(Unknown.TYPE)
                : find(first(scope)).isPresent() ? Unknown.TYPE : file.qualified(node.getNameWithScope());
    }

    private static String first(ClassOrInterfaceType node) {
        return node.getScope().map(TypeScope::first).orElse(node.getNameAsString());
    }

    /** The member class of a type. */
    Optional<SourceType> member(SourceType enclosing, String name) {
        if (enclosing instanceof Own own) {
            return own.type().member(name);
        }
        return enclosing instanceof Library library ? file.nested(library.name(), name) : Optional.empty();
    }

    /** What a name of packages and classes means, without a look at the simple names of this place. */
    SourceType qualified(String name) {
        return file.qualified(name);
    }

    FileNames file() {
        return file;
    }

    private static SourceType with(SourceType type, List<SourceType> arguments) {
        if (arguments.isEmpty()) {
            return type;
        }
        if (type instanceof Library library) {
            return new Library(library.name(), arguments);
        }
        return type instanceof Own own ? new Own(own.type(), arguments) : type;
    }
}
