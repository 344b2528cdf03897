package io.strategysandbox.core.validation;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** A class as a tree. Instructions may share a bootstrap, and the tree has its arguments once for each of them. */
final class ClassTree extends ClassNode {

    /** Those of thirty thousand lambdas. */
    private static final int MAX_ARGUMENTS = 100_000;

    private int arguments;

    ClassTree() {
        super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodNode method = new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
            @Override
            public void visitInvokeDynamicInsn(String call, String type, Handle bootstrap, Object... given) {
                arguments += given.length;
                if (arguments > MAX_ARGUMENTS) {
                    throw new IllegalArgumentException("more than " + MAX_ARGUMENTS + " arguments of bootstraps");
                }
                super.visitInvokeDynamicInsn(call, type, bootstrap, given);
            }
        };
        methods.add(method);
        return method;
    }
}
