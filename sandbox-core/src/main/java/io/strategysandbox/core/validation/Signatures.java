package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.SourceType.Array;
import io.strategysandbox.core.validation.SourceType.Library;
import io.strategysandbox.core.validation.SourceType.Unknown;
import io.strategysandbox.core.validation.SourceType.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/** Reads the generic signature of a class or a method: its type variables, parents, parameters and result. */
final class Signatures extends SignatureVisitor {

    private final String className;
    private final boolean ofMethod;
    private final Map<String, List<SourceType>> variables = new LinkedHashMap<>();
    private final List<SourceType> parents = new ArrayList<>();
    private final List<SourceType> parameters = new ArrayList<>();
    private SourceType result = Unknown.TYPE;
    private List<SourceType> bounds = new ArrayList<>();

    private Signatures(String className, boolean ofMethod) {
        super(Opcodes.ASM9);
        this.className = className;
        this.ofMethod = ofMethod;
    }

    static Signatures ofClass(String className, String signature) {
        return read(signature, new Signatures(className, false));
    }

    static Signatures ofMethod(String className, String signature) {
        return read(signature, new Signatures(className, true));
    }

    private static Signatures read(String signature, Signatures reading) {
        new SignatureReader(signature).accept(reading);
        return reading;
    }

    static SourceType ofField(String className, String signature) {
        Signatures reading = new Signatures(className, false);
        new SignatureReader(signature).acceptType(reading.new Reading(type -> reading.result = type));
        return reading.result;
    }

    /** The type that a descriptor names. */
    static SourceType erased(Type type) {
        return type.getSort() == Type.ARRAY
                ? arrayOf(erased(type.getElementType()), type.getDimensions())
                : SourceType.library(
                        type.getSort() == Type.OBJECT ? type.getInternalName().replace('/', '.') : type.getClassName());
    }

    static SourceType arrayOf(SourceType element, int dimensions) {
        return dimensions == 0 ? element : new Array(arrayOf(element, dimensions - 1));
    }

    List<String> variables() {
        return variables.keySet().stream().map(this::unique).toList();
    }

    List<SourceType> parents() {
        return parents;
    }

    List<SourceType> parameters() {
        return parameters;
    }

    SourceType result() {
        return result;
    }

    private String unique(String variable) {
        return ofMethod && variables.containsKey(variable) ? "#" + variable : className + "." + variable;
    }

    @Override
    public void visitFormalTypeParameter(String name) {
        bounds = new ArrayList<>();
        variables.put(name, bounds);
    }

    @Override
    public SignatureVisitor visitClassBound() {
        return new Reading(bounds::add);
    }

    @Override
    public SignatureVisitor visitInterfaceBound() {
        return new Reading(bounds::add);
    }

    @Override
    public SignatureVisitor visitSuperclass() {
        return new Reading(parents::add);
    }

    @Override
    public SignatureVisitor visitInterface() {
        return new Reading(parents::add);
    }

    @Override
    public SignatureVisitor visitParameterType() {
        return new Reading(parameters::add);
    }

    @Override
    public SignatureVisitor visitReturnType() {
        return new Reading(type -> result = type);
    }

    @Override
    public SignatureVisitor visitExceptionType() {
        return new Reading(type -> {});
    }

    /** Reads one type. */
    private final class Reading extends SignatureVisitor {

        private final Consumer<SourceType> sink;
        private @Nullable String name;
        private List<SourceType> arguments = new ArrayList<>();

        Reading(Consumer<SourceType> sink) {
            super(Opcodes.ASM9);
            this.sink = sink;
        }

        @Override
        public void visitBaseType(char descriptor) {
            sink.accept(erased(Type.getType(String.valueOf(descriptor))));
        }

        @Override
        public void visitTypeVariable(String variable) {
            // Bounds of a variable may name the variable; one level of them is enough.
            sink.accept(new Variable(unique(variable), List.copyOf(variables.getOrDefault(variable, List.of()))));
        }

        @Override
        public SignatureVisitor visitArrayType() {
            return new Reading(element -> sink.accept(new Array(element)));
        }

        @Override
        public void visitClassType(String className) {
            name = className.replace('/', '.');
        }

        @Override
        public void visitInnerClassType(String innerName) {
            name = name + "$" + innerName;
            arguments = new ArrayList<>();
        }

        @Override
        public void visitTypeArgument() {
            arguments.add(Unknown.TYPE);
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            return new Reading(arguments::add);
        }

        @Override
        public void visitEnd() {
            if (name != null) {
                sink.accept(new Library(name, List.copyOf(arguments)));
            }
        }
    }
}
