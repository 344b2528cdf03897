package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.SourceType.Unknown;
import io.strategysandbox.core.validation.SourceType.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A library class as the source sees it: with generics, and with what the source can name only. Thread-safe. */
final class LibraryType {

    private static final int HIDDEN = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;

    private final ClassShape shape;
    private final List<String> variables;
    private final List<SourceType> parents;
    private final Map<String, List<String>> descriptors = new HashMap<>();
    private final Map<String, List<Callee>> methods = new ConcurrentHashMap<>();

    LibraryType(ClassShape shape) {
        this.shape = shape;
        Optional<Signatures> generic =
                Optional.ofNullable(shape.signatures().get("")).map(text -> Signatures.ofClass(shape.name(), text));
        variables = generic.map(Signatures::variables).orElse(List.of());
        parents = generic.map(Signatures::parents)
                .orElseGet(() -> shape.parents().stream()
                        .map(parent -> (SourceType) SourceType.library(parent.replace('/', '.')))
                        .toList());
        shape.members().forEach((key, access) -> {
            boolean visible = (access & HIDDEN) == 0
                    && ((access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0 || shape.isInterface());
            int end = key.indexOf('(') < 0 ? key.indexOf(':') : key.indexOf('(');
            if (visible) {
                descriptors
                        .computeIfAbsent(key.substring(0, end), any -> new ArrayList<>())
                        .add(key.substring(key.charAt(end) == ':' ? end + 1 : end));
            }
        });
    }

    ClassShape shape() {
        return shape;
    }

    List<SourceType> parents() {
        return parents;
    }

    /** What the arguments of a use of this class say about its type variables. */
    Map<String, SourceType> bindings(List<SourceType> arguments) {
        Map<String, SourceType> bindings = new HashMap<>();
        for (int i = 0; i < variables.size() && arguments.size() == variables.size(); i++) {
            bindings.put(variables.get(i), arguments.get(i));
        }
        return bindings;
    }

    Optional<String> field(String name) {
        return descriptors(name)
                .filter(descriptor -> !descriptor.startsWith("("))
                .findFirst();
    }

    SourceType fieldType(String name, String descriptor) {
        String signature = shape.signatures().get(name + ":" + descriptor);
        SourceType erased = Signatures.erased(Type.getType(descriptor));
        return signature == null ? erased : orErased(Signatures.ofField(shape.name(), signature), erased);
    }

    /** The methods of a name that this class declares; {@code <init>} is the constructor. */
    List<Callee> methods(String name) {
        // Only names that the class has are kept: others are the input's to choose.
        return descriptors.containsKey(name) ? methods.computeIfAbsent(name, this::read) : List.of();
    }

    private List<Callee> read(String name) {
        return descriptors(name)
                .filter(descriptor -> descriptor.startsWith("("))
                .map(descriptor -> method(name, descriptor))
                .toList();
    }

    /** The methods without a body. */
    Stream<Callee> abstractMethods() {
        return descriptors.keySet().stream()
                .flatMap(name -> methods(name).stream())
                .filter(Callee::isAbstract);
    }

    private Stream<String> descriptors(String name) {
        return descriptors.getOrDefault(name, List.of()).stream();
    }

    private Callee method(String name, String descriptor) {
        List<SourceType> erased = Stream.of(Type.getArgumentTypes(descriptor))
                .map(Signatures::erased)
                .toList();
        SourceType result = Signatures.erased(Type.getReturnType(descriptor));
        List<SourceType> generic = erased;
        String signature = shape.signatures().get(name + descriptor);
        if (signature != null) {
            Signatures read = Signatures.ofMethod(shape.name(), signature);
            // The signature of an inner class's constructor leaves out the outer instance.
            generic = read.parameters().size() == erased.size() ? read.parameters() : erased;
            result = orErased(read.result(), result);
        }
        int access = shape.members().getOrDefault(name + descriptor, 0);
        return new Callee(
                Optional.of(new Callee.Descriptor(shape, name, descriptor)),
                (access & Opcodes.ACC_ABSTRACT) != 0,
                (access & Opcodes.ACC_VARARGS) != 0,
                erased,
                generic,
                result);
    }

    /** A variable that nothing will tell is at least what the descriptor says. */
    private static SourceType orErased(SourceType generic, SourceType erased) {
        if (generic instanceof Variable variable) {
            boolean any = erased.equals(SourceType.library("java.lang.Object"));
            return new Variable(variable.name(), any ? List.of(Unknown.TYPE) : List.of(erased));
        }
        return generic;
    }
}
