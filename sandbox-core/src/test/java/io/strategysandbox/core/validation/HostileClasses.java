package io.strategysandbox.core.validation;

import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Class files that are well formed and made to exhaust whoever looks things up in them. */
final class HostileClasses {

    private HostileClasses() {}

    /** Calls to classes whose names have very many parts. */
    static Map<String, byte[]> longNames(int parts) {
        ClassWriter writer = writer("A", "java/lang/Object");
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "m", "()V", null, null);
        method.visitCode();
        for (int i = 0; i < 200; i++) {
            method.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    "x" + i + "/a".repeat(Math.max(1, parts)) + "$".repeat(parts % 9),
                    "m",
                    "()V",
                    false);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return Map.of("A", writer.toByteArray());
    }

    /** Very many methods, each of which calls one that does not exist. */
    static Map<String, byte[]> members(int count, int number) {
        ClassWriter writer = writer("A", "java/lang/Object");
        for (int i = 0; i < count; i++) {
            MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "m" + i, "()V", null, null);
            method.visitCode();
            method.visitMethodInsn(Opcodes.INVOKESTATIC, "A", "n" + number + "_" + i, "()V", false);
            method.visitInsn(Opcodes.RETURN);
            method.visitMaxs(0, 0);
            method.visitEnd();
        }
        return Map.of("A", writer.toByteArray());
    }

    /** Classes that inherit from one another in a circle, and call what none has. */
    static Map<String, byte[]> circle(int size, int number) {
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            ClassWriter writer = writer("C" + i, "C" + (i + 1) % size);
            MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "m", "()V", null, null);
            method.visitCode();
            method.visitMethodInsn(Opcodes.INVOKESTATIC, "C" + i, "absent" + number, "()V", false);
            method.visitInsn(Opcodes.RETURN);
            method.visitMaxs(0, 0);
            method.visitEnd();
            classes.put("C" + i, writer.toByteArray());
        }
        return classes;
    }

    private static ClassWriter writer(String name, String parent) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, parent, null);
        return writer;
    }
}
