package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.CompiledClasses;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Class files made by hand, and what the validator says of them. */
final class Forge {

    static final SecurityValidator VALIDATOR = SecurityValidator.create();

    static final int CLASS = Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER;
    static final int INTERFACE = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE;

    private Forge() {}

    static List<String> rules(Map<String, byte[]> classes) {
        return VALIDATOR.checkClasses(CompiledClasses.of(classes), List.of()).findings().stream()
                .map(Finding::rule)
                .distinct()
                .toList();
    }

    static ClassWriter type(String name, int access, String parent, String... interfaces) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, access, name, null, parent, interfaces);
        return writer;
    }

    static byte[] abstractly(String name, String method, String descriptor) {
        ClassWriter writer = type(name, INTERFACE, "java/lang/Object");
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, method, descriptor, null, null);
        return writer.toByteArray();
    }

    static MethodVisitor method(ClassWriter writer) {
        return writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "m", "()V", null, null);
    }

    static void end(MethodVisitor method) {
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
