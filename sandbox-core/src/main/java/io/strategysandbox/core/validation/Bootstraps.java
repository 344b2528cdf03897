package io.strategysandbox.core.validation;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/** Checks invokedynamic: only the bootstraps that javac itself writes, with arguments that are checked like calls. */
final class Bootstraps {

    private static final String LOOKUP = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;";
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";

    /** The argument that says how the interface's method is called here; the class has no method of that type. */
    private static final int INSTANTIATED_TYPE = 2;

    private static final Set<String> TAKING_HANDLES = Set.of(LAMBDAS, "java/lang/runtime/ObjectMethods");
    private static final Set<String> KNOWN = Set.of(
            "java/lang/invoke/LambdaMetafactory.metafactory" + LOOKUP
                    + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
                    + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
            "java/lang/invoke/LambdaMetafactory.altMetafactory" + LOOKUP
                    + "Ljava/lang/invoke/MethodType;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
            "java/lang/invoke/StringConcatFactory.makeConcatWithConstants" + LOOKUP
                    + "Ljava/lang/invoke/MethodType;Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
            "java/lang/invoke/StringConcatFactory.makeConcat" + LOOKUP
                    + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
            "java/lang/runtime/ObjectMethods.bootstrap" + LOOKUP
                    + "Ljava/lang/invoke/TypeDescriptor;Ljava/lang/Class;Ljava/lang/String;"
                    + "[Ljava/lang/invoke/MethodHandle;)Ljava/lang/Object;",
            "java/lang/runtime/SwitchBootstraps.typeSwitch" + LOOKUP
                    + "Ljava/lang/invoke/MethodType;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
            "java/lang/runtime/SwitchBootstraps.enumSwitch" + LOOKUP
                    + "Ljava/lang/invoke/MethodType;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;");

    private static final Set<String> OWNERS =
            KNOWN.stream().map(id -> id.substring(0, id.indexOf('.'))).collect(Collectors.toUnmodifiableSet());

    private final References references;

    Bootstraps(References references) {
        this.references = references;
    }

    /** Whether a class, by its internal name, holds bootstraps that javac writes. */
    static boolean isOwner(String className) {
        return OWNERS.contains(className);
    }

    void check(InvokeDynamicInsnNode call, FindingSink sink, int line) {
        Handle bootstrap = call.bsm;
        String id = bootstrap.getOwner() + "." + bootstrap.getName() + bootstrap.getDesc();
        if (bootstrap.getTag() != Opcodes.H_INVOKESTATIC || !KNOWN.contains(id)) {
            sink.deny(
                    "dynamic-call",
                    Category.INVOKE,
                    line,
                    0,
                    "an invokedynamic call with the bootstrap " + bootstrap.getOwner() + "." + bootstrap.getName()
                            + ", which no Java compiler writes, is not allowed. Use a lambda or a method reference.");
        }
        Type type = Type.getMethodType(call.desc);
        references.type(type, sink, line);
        if (bootstrap.getOwner().equals(LAMBDAS)) {
            lambda(call, interfaces(type.getReturnType(), call.bsmArgs), sink, line);
        }
        boolean handles = TAKING_HANDLES.contains(bootstrap.getOwner());
        for (Object argument : call.bsmArgs) {
            if (argument instanceof Handle && !handles) {
                refuseConstant(sink, line);
            } else {
                argument(argument, sink, line);
            }
        }
    }

    /** The JVM gives a lambda's class the methods that the call names, whether or not its interfaces declare them. */
    private void lambda(InvokeDynamicInsnNode call, Set<String> interfaces, FindingSink sink, int line) {
        references.inheritedImplementations(interfaces, sink, line);
        for (int i = 0; i < call.bsmArgs.length; i++) {
            boolean undeclared = i != INSTANTIATED_TYPE
                    && call.bsmArgs[i] instanceof Type method
                    && method.getSort() == Type.METHOD
                    && !references.declaresAbstract(interfaces, call.name, method.getDescriptor());
            if (undeclared) {
                sink.deny(
                        "dynamic-call",
                        Category.INVOKE,
                        line,
                        0,
                        "a lambda with a method " + call.name + " that its interface does not declare is not allowed."
                                + " Compile with javac.");
                return;
            }
        }
    }

    /** What the class of a lambda expression implements: the type it is assigned to, and markers among the arguments. */
    private static Set<String> interfaces(Type type, Object... arguments) {
        return Stream.concat(
                        Stream.of(type),
                        Stream.of(arguments).filter(Type.class::isInstance).map(Type.class::cast))
                .filter(candidate -> candidate.getSort() == Type.OBJECT)
                .map(Type::getInternalName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void argument(Object argument, FindingSink sink, int line) {
        if (argument instanceof Handle handle) {
            references.member(handle.getOwner(), handle.getName(), handle.getDesc(), sink, line);
        } else if (argument instanceof Type type) {
            references.type(type, sink, line);
        } else if (argument instanceof ConstantDynamic) {
            refuseConstant(sink, line);
        }
    }

    /** Says that a constant, of an instruction or a bootstrap, is none that javac writes there. */
    static void refuseConstant(FindingSink sink, int line) {
        sink.deny(
                "dynamic-constant",
                Category.INVOKE,
                line,
                0,
                "a method handle, method type or dynamic constant is not allowed: it reaches code that cannot be checked."
                        + " Compile with javac for Java 17.");
    }
}
