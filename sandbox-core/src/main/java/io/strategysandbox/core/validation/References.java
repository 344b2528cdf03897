package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.AllowList.Decision;
import io.strategysandbox.core.validation.Dangers.Danger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Decides about the types and members that class files mention, about each of them once: a class file may mention it
 * hundreds of thousands of times. For one thread.
 */
final class References {

    private static final Danger UNKNOWN_MEMBER = new Danger("not-allowed", Category.OTHER);

    /** Refusals carry words; what is allowed, and has none, is remembered without end. */
    private static final int MAX_REMEMBERED = 5_000;

    private final AllowList allowList;
    private final Dangers dangers;
    private final Hierarchy hierarchy;

    /** What own interfaces may declare anew of what libraries declare, for all classes together. */
    private static final long MAX_COMPARED = 30_000_000;

    /** What is to be said of a type, member or lambda, without a line, by all that names it. */
    private final Map<Object, List<Finding>> decided = new HashMap<>();

    private long compared;

    References(AllowList allowList, Dangers dangers, Hierarchy hierarchy) {
        this.allowList = allowList;
        this.dangers = dangers;
        this.hierarchy = hierarchy;
    }

    Hierarchy hierarchy() {
        return hierarchy;
    }

    /** Checks a type, the element type of an array, or all types of a method descriptor. */
    void type(Type type, FindingSink sink, int line) {
        once(type.getDescriptor(), scratch -> decideType(type, scratch), sink, line);
    }

    /** Of strings that a class file's reader makes once, so that their hashes are, too. */
    private record MemberKey(String owner, String name, String descriptor) {}

    private void once(Object key, Consumer<FindingSink> decision, FindingSink sink, int line) {
        if (sink.isFull()) {
            sink.cut();
            return;
        }
        List<Finding> known = decided.get(key);
        if (known == null) {
            FindingSink scratch = new FindingSink(Finding.Layer.BYTECODE, "", dangers);
            decision.accept(scratch);
            known = scratch.findings();
            if (known.isEmpty() || decided.size() < MAX_REMEMBERED) {
                decided.put(key, known);
            }
        }
        known.forEach(finding -> sink.repeat(finding, line));
    }

    private void decideType(Type type, FindingSink sink) {
        switch (type.getSort()) {
            case Type.ARRAY -> type(type.getElementType(), sink, 0);
            case Type.OBJECT -> className(type.getInternalName(), sink);
            case Type.METHOD -> {
                for (Type argument : type.getArgumentTypes()) {
                    type(argument, sink, 0);
                }
                type(type.getReturnType(), sink, 0);
            }
            default -> {
                // A primitive type.
            }
        }
    }

    private void className(String internalName, FindingSink sink) {
        String name = internalName.replace('/', '.');
        if (!hierarchy.isOwn(internalName) && !allowList.allowsType(name)) {
            sink.deny(dangers.ofUnlistedType(name), 0, 0, name + " is not allowed in a strategy");
        } else if (!hierarchy.isOwn(internalName) && allowList.allowsTypeByConfiguration(name)) {
            configured(dangers.ofUnlistedType(name), name, sink);
        }
    }

    private static void configured(Danger danger, String what, FindingSink sink) {
        sink.warn(
                "allowed-by-configuration",
                danger.category(),
                0,
                0,
                what + " is allowed by a line of your configuration only (sandbox.validator.allow in"
                        + " learning_system.yaml); nobody else has vouched for it.");
    }

    /** Checks the use of a field or method, with the types that its descriptor mentions. */
    void member(String owner, String name, String descriptor, FindingSink sink, int line) {
        once(
                new MemberKey(owner, name, descriptor),
                scratch -> decideMember(owner, name, descriptor, scratch),
                sink,
                line);
    }

    private void decideMember(String owner, String name, String descriptor, FindingSink sink) {
        Type ownerType = Type.getObjectType(owner);
        type(ownerType, sink, 0);
        type(Type.getType(descriptor), sink, 0);
        boolean array = ownerType.getSort() == Type.ARRAY;
        if (array && name.equals("clone")) {
            return;
        }
        String start = array ? "java/lang/Object" : owner;
        if (!array && !hierarchy.isOwn(owner) && !allowList.allowsType(owner.replace('/', '.'))) {
            preciseDenial(owner, name, descriptor, sink);
            return;
        }
        List<ClassShape> lineage = hierarchy.lineage(start);
        List<ClassShape> declaring = declaring(lineage, name, descriptor);
        if (name.equals("<init>")) {
            declaring = declaring.stream()
                    .filter(shape -> shape.name().equals(start))
                    .toList();
        }
        if (declaring.isEmpty()) {
            denyMember(start, name, descriptor, lineage, sink, 0);
            return;
        }
        declaring = chosenLibraries(start, declaring, name, descriptor, false);
        if (declaring.isEmpty()) {
            return;
        }
        switch (decide(declaring, name, descriptor)) {
            case ALLOWED -> {
                // Nothing to say.
            }
            case CONFIGURED -> {
                // Of a class that only the configuration names, this has been said.
                if (!allowList.allowsTypeByConfiguration(owner.replace('/', '.'))) {
                    configured(dangerOf(name, descriptor, declaring), shown(owner, name), sink);
                }
            }
            case VARYING -> varying(declaring.get(0), name, sink, 0);
            case REFUSED, UNLISTED -> denyMember(start, name, descriptor, declaring, sink, 0);
        }
    }

    private static void varying(ClassShape declaring, String name, FindingSink sink, int line) {
        sink.warn(
                "varying-value",
                Category.NONDETERMINISM,
                line,
                0,
                shown(declaring.name(), name)
                        + " may give another value, or another order, in every run, so backtests cannot be"
                        + " repeated. Use a fixed seed, the time of the bar, or a collection that keeps an order.");
    }

    /** What the list says of a library member that a class of the strategy overrides or inherits. */
    boolean refusesInherited(ClassShape library, String name, String descriptor) {
        Decision decision = allowList.decide(library.name().replace('/', '.'), name, descriptor);
        return decision == Decision.REFUSED || decision == Decision.UNLISTED;
    }

    void denyInherited(ClassShape library, String name, String descriptor, FindingSink sink, int line) {
        denyMember(library.name(), name, descriptor, List.of(library), sink, line);
    }

    private static List<ClassShape> declaring(List<ClassShape> lineage, String name, String descriptor) {
        String key = ClassShape.key(name, descriptor);
        return lineage.stream().filter(shape -> shape.member(key).isPresent()).toList();
    }

    /**
     * The libraries' classes of which one may be chosen by the JVM. A class of the strategy's own is certainly chosen before
     * a library's if it stands before it in the line of superclasses; an interface of its own is not, whatever the order: a
     * class's method comes before it, and a library's default method does where it alone has code.
     *
     * @param start where the look begins
     * @param declaring the classes that declare the member, in the order of a lineage
     * @param overridden whether the member is looked for by way of an interface's, which static and private ones are not
     */
    private List<ClassShape> chosenLibraries(
            String start, List<ClassShape> declaring, String name, String descriptor, boolean overridden) {
        if (!descriptor.startsWith("(")) {
            return chosenFields(start, declaring);
        }
        List<ClassShape> libraries = new ArrayList<>();
        for (ClassShape shape : declaring) {
            if (!hierarchy.isOwn(shape.name())) {
                libraries.add(shape);
            } else if (libraries.isEmpty()
                    && !shape.isInterface()
                    && !(overridden && isHidden(access(shape, name, descriptor)))) {
                return List.of();
            }
        }
        // What the strategy declares anew is what is called, unless a library has code for it.
        boolean own = libraries.size() < declaring.size();
        return mostSpecificFirst(
                own
                        ? libraries.stream()
                                .filter(shape -> (access(shape, name, descriptor) & Opcodes.ACC_ABSTRACT) == 0)
                                .toList()
                        : libraries);
    }

    /** Of fields, those of interfaces come before those of superclasses; only what the class itself declares is certain. */
    private List<ClassShape> chosenFields(String start, List<ClassShape> declaring) {
        boolean certain = !declaring.isEmpty() && declaring.get(0).name().equals(start) && hierarchy.isOwn(start);
        return certain
                ? List.of()
                : declaring.stream()
                        .filter(shape -> !hierarchy.isOwn(shape.name()))
                        .toList();
    }

    /** Of interfaces, the JVM takes the method of that which no other one extends, in whatever order they are written. */
    private List<ClassShape> mostSpecificFirst(List<ClassShape> libraries) {
        if (libraries.size() < 2 || !libraries.get(0).isInterface()) {
            return libraries;
        }
        List<ClassShape> ordered = new ArrayList<>(libraries);
        ordered.removeIf(shape -> libraries.stream()
                .anyMatch(other -> !other.name().equals(shape.name())
                        && hierarchy.lineage(other.name()).contains(shape)));
        libraries.stream().filter(shape -> !ordered.contains(shape)).forEach(ordered::add);
        return ordered;
    }

    private static int access(ClassShape shape, String name, String descriptor) {
        return shape.member(name, descriptor).orElseThrow();
    }

    private static boolean isHidden(int access) {
        return (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) != 0;
    }

    /**
     * A class that inherits a library's method may give it a second name: an interface of the strategy's own that declares
     * the same method. A call through that interface names no library, so the class is where it has to be refused.
     */
    void inheritedImplementations(String className, FindingSink sink, int line) {
        inheritedImplementations(hierarchy.lineage(className), sink, line);
    }

    /** The same for the class that a lambda expression becomes, which implements interfaces and has no class file. */
    void inheritedImplementations(Set<String> interfaces, FindingSink sink, int line) {
        once(
                Set.copyOf(interfaces),
                scratch -> inheritedImplementations(hierarchy.lineageOf(interfaces), scratch, 0),
                sink,
                line);
    }

    /** Whether one of some interfaces, or of their ancestors, leaves a method to those who implement it. */
    boolean declaresAbstract(Set<String> interfaces, String name, String descriptor) {
        String key = ClassShape.key(name, descriptor);
        return interfaces.stream()
                .flatMap(type -> hierarchy.lineage(type).stream())
                .filter(ClassShape::isInterface)
                .anyMatch(shape -> shape.member(key)
                        .filter(access -> (access & Opcodes.ACC_ABSTRACT) != 0)
                        .isPresent());
    }

    private void inheritedImplementations(List<ClassShape> lineage, FindingSink sink, int line) {
        lineage.stream()
                .filter(shape -> !hierarchy.isOwn(shape.name()))
                .map(shape -> shape.name().replace('/', '.'))
                .filter(allowList::isClosed)
                .forEach(name -> sink.deny(
                        "closed-type",
                        Category.OTHER,
                        line,
                        0,
                        name
                                + " may be used, and not extended or implemented: who calls it trusts what it says of itself."
                                + " Use one that the library makes."));
        List<ClassShape> interfaces = lineage.stream()
                .filter(shape -> hierarchy.isOwn(shape.name()) && shape.isInterface())
                .toList();
        if (interfaces.isEmpty()) {
            return;
        }
        List<String> methods = lineage.stream()
                .filter(shape -> !hierarchy.isOwn(shape.name()))
                .flatMap(shape -> shape.methods().stream())
                .toList();
        compared += (long) methods.size() * interfaces.size();
        if (compared > MAX_COMPARED) {
            throw new IllegalArgumentException("too many interfaces beside too many methods of libraries");
        }
        methods.stream()
                .filter(method -> interfaces.stream().anyMatch(shape -> shape.declares(method)))
                .distinct()
                .sorted()
                .forEach(method -> {
                    String name = method.substring(0, method.indexOf('('));
                    String descriptor = method.substring(method.indexOf('('));
                    inheritedImplementation(lineage, name, descriptor, sink, line);
                });
    }

    private void inheritedImplementation(
            List<ClassShape> lineage, String name, String descriptor, FindingSink sink, int line) {
        List<ClassShape> library =
                chosenLibraries(lineage.get(0).name(), declaring(lineage, name, descriptor), name, descriptor, true);
        if (name.startsWith("<") || library.isEmpty()) {
            return;
        }
        Decision decision = decide(library, name, descriptor);
        if (decision == Decision.REFUSED || decision == Decision.UNLISTED) {
            denyMember(library.get(0).name(), name, descriptor, library, sink, line);
        } else if (decision == Decision.VARYING) {
            varying(library.get(0), name, sink, line);
        }
    }

    /**
     * What the list says of a library member.
     *
     * @param declaring the library's classes that declare it, the most derived first
     */
    Decision decide(List<ClassShape> declaring, String name, String descriptor) {
        Decision first = Decision.UNLISTED;
        boolean open = true;
        for (ClassShape shape : declaring) {
            String className = shape.name().replace('/', '.');
            Decision decision = allowList.decide(className, name, descriptor);
            if (decision == Decision.REFUSED) {
                return decision;
            }
            if (open) {
                first = decision;
                // A class between, which nobody can name, may repeat a member of an ancestor that the list names.
                open = decision == Decision.UNLISTED && !allowList.allowsType(className);
            }
        }
        return first;
    }

    /** The type has been refused already; a member may say more precisely what for. */
    private void preciseDenial(String owner, String name, String descriptor, FindingSink sink) {
        String className = owner.replace('/', '.');
        dangers.ofMember(className, name, descriptor)
                .ifPresent(danger -> sink.deny(danger, 0, 0, shown(owner, name) + " is not allowed in a strategy"));
    }

    private void denyMember(
            String owner, String name, String descriptor, List<ClassShape> declaring, FindingSink sink, int line) {
        sink.deny(dangerOf(name, descriptor, declaring), line, 0, shown(owner, name) + " is not allowed in a strategy");
    }

    private Danger dangerOf(String name, String descriptor, List<ClassShape> declaring) {
        return declaring.stream()
                .map(ClassShape::name)
                .map(className -> dangers.ofMember(className.replace('/', '.'), name, descriptor))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(UNKNOWN_MEMBER);
    }

    private static String shown(String owner, String name) {
        String className = owner.replace('/', '.');
        return name.equals("<init>") ? "new " + className + "(...)" : className + "." + name;
    }
}
