package io.strategysandbox.core.validation;

import com.github.javaparser.Position;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.type.Type;
import com.github.javaparser.ast.type.TypeParameter;
import io.strategysandbox.core.validation.SourceType.Array;
import io.strategysandbox.core.validation.SourceType.Own;
import io.strategysandbox.core.validation.SourceType.Unknown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A class that the strategy declares, as its source has it. */
final class OwnType {

    private final String name;
    private final boolean isInterface;
    private final TypeScope scope;
    private final NodeList<TypeParameter> typeParameters;
    private final List<Type> declaredParents;
    private final List<SourceType> impliedParents;
    private final Map<String, OwnType> members = new HashMap<>();
    private final IdentityHashMap<TypeDeclaration<?>, OwnType> declarations = new IdentityHashMap<>();
    private final Map<String, Type> fields = new HashMap<>();
    private final List<String> constants = new ArrayList<>();
    private final Map<String, List<Callee>> methods = new HashMap<>();
    private NodeList<Parameter> components = new NodeList<>();
    private List<String> variables = List.of();
    private final Map<String, List<CallableDeclaration<?>>> callables = new HashMap<>();
    private Optional<List<SourceType>> parents = Optional.empty();

    private OwnType(
            String name,
            boolean isInterface,
            TypeScope outer,
            NodeList<TypeParameter> typeParameters,
            List<Type> declaredParents,
            List<SourceType> impliedParents) {
        this.name = name;
        this.isInterface = isInterface;
        this.declaredParents = declaredParents;
        this.impliedParents = impliedParents;
        scope = outer.inside(this);
        this.typeParameters = typeParameters;
        scope.declare(name, new Own(this, List.of()));
    }

    static OwnType of(TypeDeclaration<?> declaration, TypeScope outer) {
        List<Type> parents = new ArrayList<>();
        String implied = "java.lang.Object";
        NodeList<TypeParameter> typeParameters = new NodeList<>();
        boolean isInterface = false;
        if (declaration instanceof ClassOrInterfaceDeclaration type) {
            parents.addAll(type.getExtendedTypes());
            parents.addAll(type.getImplementedTypes());
            typeParameters = type.getTypeParameters();
            isInterface = type.isInterface();
            implied = isInterface || type.getExtendedTypes().isEmpty() ? implied : "";
        } else if (declaration instanceof RecordDeclaration type) {
            parents.addAll(type.getImplementedTypes());
            typeParameters = type.getTypeParameters();
            implied = "java.lang.Record";
        } else if (declaration instanceof EnumDeclaration type) {
            parents.addAll(type.getImplementedTypes());
            implied = "java.lang.Enum";
        }
        OwnType type = new OwnType(
                declaration.getNameAsString(),
                isInterface,
                outer,
                typeParameters,
                parents,
                implied.isEmpty() ? List.of() : List.of(SourceType.library(implied)));
        if (declaration instanceof RecordDeclaration pieces) {
            type.components = pieces.getParameters();
        }
        if (declaration instanceof EnumDeclaration constants) {
            constants.getEntries().forEach(constant -> type.constants.add(constant.getNameAsString()));
        }
        declaration.getMembers().forEach(type::add);
        return type;
    }

    /** A class without a name. */
    static OwnType anonymous(List<SourceType> parents, List<BodyDeclaration<?>> body, TypeScope outer) {
        OwnType type = new OwnType("", false, outer, new NodeList<>(), List.of(), parents);
        body.forEach(type::add);
        return type;
    }

    /** Gives the type variables their bounds, which may name any class of the strategy, once all of them are known. */
    void settle() {
        String place = typeParameters.isEmpty()
                ? name
                : name + "@"
                        + typeParameters
                                .get(0)
                                .getBegin()
                                .map(Position::toString)
                                .orElse("");
        variables = scope.declare(typeParameters, place + ".");
        members.values().forEach(OwnType::settle);
    }

    private void add(BodyDeclaration<?> member) {
        if (member instanceof TypeDeclaration<?> declaration) {
            OwnType type = of(declaration, scope);
            members.put(declaration.getNameAsString(), type);
            declarations.put(declaration, type);
        } else if (member instanceof FieldDeclaration field) {
            field.getVariables().forEach(variable -> fields.put(variable.getNameAsString(), variable.getType()));
        } else if (member instanceof CallableDeclaration<?> callable) {
            String key = callable instanceof MethodDeclaration ? callable.getNameAsString() : "<init>";
            callables.computeIfAbsent(key, any -> new ArrayList<>()).add(callable);
        }
    }

    String name() {
        return name;
    }

    boolean isInterface() {
        return isInterface;
    }

    /** What names mean inside the class. */
    TypeScope scope() {
        return scope;
    }

    /** The class of a declaration among the members. */
    Optional<OwnType> of(TypeDeclaration<?> declaration) {
        return Optional.ofNullable(declarations.get(declaration));
    }

    /** The parents, the superclass first. */
    List<SourceType> parents() {
        if (parents.isEmpty()) {
            // A class that is its own ancestor does not compile; it must not be followed for ever either.
            parents = Optional.of(List.of());
            List<SourceType> declared =
                    declaredParents.stream().map(scope::read).toList();
            parents = Optional.of(
                    Stream.concat(impliedParents.stream(), declared.stream()).toList());
        }
        return parents.get();
    }

    Map<String, SourceType> bindings(List<SourceType> arguments) {
        Map<String, SourceType> bindings = new HashMap<>();
        for (int i = 0; i < variables.size() && arguments.size() == variables.size(); i++) {
            bindings.put(variables.get(i), arguments.get(i));
        }
        return bindings;
    }

    /** A member class, its own or inherited; unknown if it may be inherited from what is not known. */
    Optional<SourceType> member(String memberName) {
        Set<OwnType> seen = new HashSet<>(Set.of(this));
        Deque<OwnType> types = new ArrayDeque<>(seen);
        while (!types.isEmpty()) {
            OwnType type = types.remove();
            OwnType found = type.members.get(memberName);
            if (found != null) {
                return Optional.of(new Own(found, List.of()));
            }
            for (SourceType parent : type.parents()) {
                Optional<SourceType> elsewhere = parent instanceof Own own
                        ? more(own.type(), seen, types)
                        : parent.isKnown() ? scope.member(parent, memberName) : Optional.of(parent);
                if (elsewhere.isPresent()) {
                    return elsewhere;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<SourceType> more(OwnType parent, Set<OwnType> seen, Deque<OwnType> types) {
        if (seen.add(parent)) {
            types.add(parent);
        }
        return seen.size() > Ancestry.MAX_TYPES ? Optional.of(Unknown.TYPE) : Optional.empty();
    }

    /** A field that this class itself declares. */
    Optional<SourceType> field(String fieldName) {
        if (constants.contains(fieldName)) {
            return Optional.of(new Own(this, List.of()));
        }
        return Optional.ofNullable(fields.get(fieldName))
                .map(scope::read)
                .or(() -> component(fieldName).map(component -> type(component, scope)));
    }

    private Optional<Parameter> component(String componentName) {
        return components.stream()
                .filter(component -> component.getNameAsString().equals(componentName))
                .findFirst();
    }

    /** The methods of a name that this class itself declares; {@code <init>} is the constructor. */
    List<Callee> methods(String methodName) {
        return methods.computeIfAbsent(methodName, this::read);
    }

    private List<Callee> read(String methodName) {
        List<Callee> named = new ArrayList<>();
        callables.getOrDefault(methodName, List.of()).forEach(callable -> named.add(callee(callable)));
        component(methodName)
                .ifPresent(component -> named.add(callee(new NodeList<>(), scope, type(component, scope), false)));
        if (methodName.equals("<init>") && !components.isEmpty()) {
            named.add(callee(components, scope, Unknown.TYPE, false));
        }
        if (methodName.equals("values") && !constants.isEmpty()) {
            named.add(callee(new NodeList<>(), scope, new Array(new Own(this, List.of())), false));
        }
        return named;
    }

    /** The methods that this class itself declares without a body. */
    Stream<String> abstractMethods() {
        return callables.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(OwnType::isAbstract))
                .map(Map.Entry::getKey);
    }

    private static boolean isAbstract(CallableDeclaration<?> callable) {
        return callable instanceof MethodDeclaration method && method.getBody().isEmpty() && !method.isNative();
    }

    private static SourceType type(Parameter parameter, TypeScope inside) {
        SourceType type = inside.read(parameter.getType());
        return parameter.isVarArgs() ? new Array(type) : type;
    }

    private Callee callee(CallableDeclaration<?> callable) {
        TypeScope inside = scope.inside();
        inside.declare(callable.getTypeParameters(), "#" + callable.getNameAsString() + ".");
        SourceType result = callable instanceof MethodDeclaration method ? inside.read(method.getType()) : Unknown.TYPE;
        return callee(callable.getParameters(), inside, result, isAbstract(callable));
    }

    private Callee callee(NodeList<Parameter> parameters, TypeScope inside, SourceType result, boolean isAbstract) {
        List<SourceType> types =
                parameters.stream().map(parameter -> type(parameter, inside)).toList();
        boolean varargs =
                !parameters.isEmpty() && parameters.get(parameters.size() - 1).isVarArgs();
        return new Callee(Optional.empty(), isAbstract, varargs, types, types, result);
    }
}
