package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.AllowList.Decision;
import io.strategysandbox.core.validation.Ancestry.Lineage;
import io.strategysandbox.core.validation.Dangers.Danger;
import io.strategysandbox.core.validation.SourceType.Array;
import io.strategysandbox.core.validation.SourceType.Library;
import io.strategysandbox.core.validation.SourceType.Own;
import io.strategysandbox.core.validation.SourceType.Unknown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a member of a type may be, and whether all that it may be is refused. */
final class Members {

    /** Methods of every object, which no class can declare anew. */
    private static final Set<String> OF_EVERY_OBJECT = Set.of("wait", "notify", "notifyAll");

    private final LibraryTypes libraries;
    private final Dangers dangers;
    private final References references;
    private final Ancestry ancestry;
    private final ArgumentTypes argumentTypes;

    Members(LibraryTypes libraries, Dangers dangers, References references) {
        this.libraries = libraries;
        this.dangers = dangers;
        this.references = references;
        ancestry = new Ancestry(libraries);
        argumentTypes = new ArgumentTypes(ancestry);
    }

    /**
     * A member as far as it is known.
     *
     * @param type the type of the field or of the method's result
     * @param danger why it is refused, if it is for certain
     * @param candidates the methods that are left
     */
    record Found(SourceType type, Optional<Danger> danger, List<Callee> candidates) {

        static final Found NOTHING = new Found(Unknown.TYPE, Optional.empty(), List.of());

        /** The parameter that an argument goes to, if all candidates agree. */
        SourceType parameter(int argument) {
            List<SourceType> types = candidates.stream()
                    .map(callee -> callee.parameter(argument))
                    .distinct()
                    .toList();
            return types.size() == 1 ? types.get(0) : Unknown.TYPE;
        }
    }

    /** Whether a class has a method of a name, itself or inherited; empty if that is not known. */
    Optional<Boolean> hasMethod(SourceType type, String name) {
        Lineage lineage = ancestry.of(type);
        boolean has =
                lineage.types().stream().anyMatch(each -> !declared(each, name).isEmpty());
        return has || lineage.complete() ? Optional.of(has) : Optional.empty();
    }

    /** A field; empty if the type is known not to have it. */
    Optional<Found> field(SourceType receiver, String name) {
        if (receiver instanceof Array) {
            return Optional.of(
                    name.equals("length")
                            ? new Found(SourceType.library("int"), Optional.empty(), List.of())
                            : Found.NOTHING);
        }
        Lineage lineage = ancestry.of(receiver);
        for (SourceType type : lineage.types()) {
            Optional<Found> found = type instanceof Own own
                    ? own.type()
                            .field(name)
                            .map(field -> field.with(own.type().bindings(own.arguments())))
                            .map(field -> new Found(field, Optional.empty(), List.of()))
                    : libraryField(type, name);
            if (found.isPresent()) {
                return found;
            }
        }
        return lineage.complete() ? Optional.empty() : Optional.of(Found.NOTHING);
    }

    private Optional<Found> libraryField(SourceType type, String name) {
        if (!(type instanceof Library library)) {
            return Optional.empty();
        }
        return libraries
                .any(library.name())
                .flatMap(known -> known.field(name).map(descriptor -> {
                    boolean refused = isRefused(references.decide(List.of(known.shape()), name, descriptor));
                    return new Found(
                            known.fieldType(name, descriptor).with(known.bindings(library.arguments())),
                            refused ? dangers.ofMember(library.name(), name, descriptor) : Optional.empty(),
                            List.of());
                }));
    }

    /**
     * A method.
     *
     * @param arguments the types of the arguments; empty if nothing is known about them
     */
    Found method(SourceType receiver, String name, Optional<List<SourceType>> arguments) {
        Found found = lookUp(receiver, name, arguments);
        boolean every = OF_EVERY_OBJECT.contains(name)
                && arguments.isPresent()
                && arguments.get().isEmpty();
        if (every) {
            return new Found(
                    SourceType.library("void"), dangers.ofMember("java.lang.Object", name, ""), found.candidates());
        }
        return receiver instanceof Library library && found.danger().isEmpty() && !library.isPrimitive()
                ? new Found(found.type(), ofRefusedClass(library.name(), name), found.candidates())
                : found;
    }

    /** A class that may not be used at all: the danger of the member tells more than that of the class. */
    private Optional<Danger> ofRefusedClass(String className, String name) {
        return libraries.allows(className) ? Optional.empty() : dangers.ofMember(className, name, "");
    }

    private Found lookUp(SourceType receiver, String name, Optional<List<SourceType>> arguments) {
        SourceType start = receiver instanceof Array ? SourceType.library("java.lang.Object") : receiver;
        Lineage lineage = ancestry.of(start);
        if (!lineage.complete()) {
            return Found.NOTHING;
        }
        Found found = decide(candidates(lineage, name), lineage, arguments);
        boolean isClone = receiver instanceof Array && name.equals("clone");
        return isClone ? new Found(receiver, Optional.empty(), List.of()) : found;
    }

    /** A constructor. */
    Found constructor(SourceType type, Optional<List<SourceType>> arguments) {
        if (type instanceof Library library) {
            Optional<Danger> ofClass = ofRefusedClass(library.name(), "<init>");
            Found found = decide(declared(type, "<init>"), new Lineage(List.of(type), true), arguments);
            return new Found(type, ofClass.or(found::danger), found.candidates());
        }
        return type instanceof Own own
                ? new Found(type, Optional.empty(), fitting(own.type().methods("<init>"), arguments))
                : Found.NOTHING;
    }

    /** The one method of a functional interface, with the types that its use tells; empty if there is not one. */
    Optional<Callee> functional(SourceType type) {
        Lineage lineage = ancestry.of(type);
        List<Callee> found = new ArrayList<>();
        for (SourceType each : lineage.types()) {
            abstractMethods(each).forEach(found::add);
        }
        return lineage.complete() && found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Stream<Callee> abstractMethods(SourceType type) {
        if (type instanceof Library library) {
            return libraries.any(library.name()).stream()
                    .flatMap(known ->
                            known.abstractMethods().map(callee -> callee.with(known.bindings(library.arguments()))))
                    .filter(callee -> callee.library()
                            .filter(method -> method.name().equals("equals")
                                    || method.name().equals("hashCode"))
                            .isEmpty());
        }
        return type instanceof Own own
                ? own.type()
                        .abstractMethods()
                        .flatMap(name -> declared(type, name).stream())
                        .filter(Callee::isAbstract)
                : Stream.empty();
    }

    /** Methods that a class of the strategy's own inherits from a library where an interface of its own declares them too. */
    List<Danger> renamed(OwnType type) {
        Lineage lineage = ancestry.of(new Own(type, List.of()));
        if (type.isInterface() || !lineage.complete()) {
            return List.of();
        }
        return lineage.types().stream()
                .filter(each -> each instanceof Own own && own.type().isInterface())
                .map(Own.class::cast)
                .flatMap(own -> own.type()
                        .abstractMethods()
                        .flatMap(name -> declared(own, name).stream()
                                .flatMap(callee -> renamed(lineage, name, callee).stream())))
                .distinct()
                .toList();
    }

    private Optional<Danger> renamed(Lineage lineage, String name, Callee declared) {
        List<Callee> others = candidates(lineage, name).stream()
                .filter(callee -> callee.library().isPresent() || !callee.isAbstract())
                .toList();
        return decide(others, lineage, Optional.of(declared.parameters())).danger();
    }

    private Found decide(List<Callee> all, Lineage lineage, Optional<List<SourceType>> arguments) {
        List<Callee> candidates = fitting(all, arguments);
        if (candidates.isEmpty()) {
            return Found.NOTHING;
        }
        boolean refused = candidates.stream().allMatch(callee -> isRefused(callee, lineage));
        Optional<Danger> danger = refused
                ? candidates.stream()
                        .flatMap(callee -> naming(callee, lineage).stream())
                        .findFirst()
                : Optional.empty();
        List<SourceType> results = candidates.stream()
                .map(callee -> arguments.map(callee::result).orElse(callee.result()))
                .distinct()
                .toList();
        return new Found(results.size() == 1 ? results.get(0) : Unknown.TYPE, danger, candidates);
    }

    private List<Callee> fitting(List<Callee> callees, Optional<List<SourceType>> arguments) {
        return arguments
                .map(types -> callees.stream()
                        .filter(callee -> argumentTypes.mayGoTo(types, callee))
                        .toList())
                .orElse(callees);
    }

    /** The methods of a name, those that are overridden left out. */
    private List<Callee> candidates(Lineage lineage, String name) {
        List<Callee> candidates = new ArrayList<>();
        Set<List<SourceType>> seen = new HashSet<>();
        for (SourceType type : lineage.types()) {
            for (Callee callee : declared(type, name)) {
                if (seen.add(callee.parameters())) {
                    candidates.add(callee);
                }
            }
        }
        return candidates;
    }

    private List<Callee> declared(SourceType type, String name) {
        if (type instanceof Own own) {
            Map<String, SourceType> bindings = own.type().bindings(own.arguments());
            return own.type().methods(name).stream()
                    .map(callee -> callee.with(bindings))
                    .toList();
        }
        return type instanceof Library library
                ? libraries.any(library.name()).stream()
                        .flatMap(known -> {
                            Map<String, SourceType> bindings = known.bindings(library.arguments());
                            return known.methods(name).stream().map(callee -> callee.with(bindings));
                        })
                        .toList()
                : List.of();
    }

    private boolean isRefused(Callee callee, Lineage lineage) {
        return callee.library()
                .map(method ->
                        isRefused(references.decide(declaring(method, lineage), method.name(), method.descriptor())))
                .orElse(false);
    }

    private static boolean isRefused(Decision decision) {
        return decision == Decision.REFUSED || decision == Decision.UNLISTED;
    }

    private Optional<Danger> naming(Callee callee, Lineage lineage) {
        return callee.library()
                .flatMap(method -> declaring(method, lineage).stream()
                        .map(shape ->
                                dangers.ofMember(shape.name().replace('/', '.'), method.name(), method.descriptor()))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    /** The library classes of a lineage that declare a method. */
    private List<ClassShape> declaring(Callee.Descriptor method, Lineage lineage) {
        return lineage.types().stream()
                .filter(Library.class::isInstance)
                .flatMap(type -> libraries.any(((Library) type).name()).stream())
                .map(LibraryType::shape)
                .filter(shape ->
                        shape.member(method.name(), method.descriptor()).isPresent())
                .toList();
    }
}
