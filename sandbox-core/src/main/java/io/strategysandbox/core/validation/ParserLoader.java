package io.strategysandbox.core.validation;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Loads the parser once more, for this package alone, with a step counted at each call and each round of a loop where it
 * compares tokens or prints trees, and in the classes of this package that use its trees. Two lines of text can keep it comparing for years, and it offers no other way to be
 * stopped.
 */
final class ParserLoader extends ClassLoader {

    private static final String PARSER = "com.github.javaparser.";
    /** What is counted, and the steps of one call or round: printing takes several times as long as comparing. */
    private static final Map<String, Integer> COUNTED = Map.of(
            PARSER + "GeneratedJavaParser", 1,
            PARSER + "printer.DefaultPrettyPrinterVisitor", 5,
            PARSER + "printer.SourcePrinter", 5);

    /** Has the methods by which the parser goes on after an error; they are named by their last parameter, too. */
    private static final String RECOVERING = PARSER + "GeneratedJavaParserBase";

    private static final String RECOVER = "recover";
    private static final String ERROR = "L" + PARSER.replace('.', '/') + "ParseException;)";

    private static final String HERE = ParserLoader.class.getPackageName() + ".";

    /** What passes between the two sides. */
    private static final Set<String> SHARED =
            Set.of(Category.class.getName(), Finding.class.getName(), ParserThread.class.getName());

    static {
        registerAsParallelCapable();
    }

    private ParserLoader(ClassLoader parent) {
        super("counted-parser", parent);
    }

    /** A class of this package as it is when it uses the parser that counts. */
    static Class<?> load(Class<?> type) {
        try {
            return new ParserLoader(type.getClassLoader()).loadClass(type.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the jar of sandbox-core or of its parser is broken", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isLoadedHere(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            @Nullable Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    private static boolean isLoadedHere(String name) {
        return name.startsWith(PARSER) || name.startsWith(HERE) && !SHARED.contains(name.split("\\$", 2)[0]);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] classFile = in.readAllBytes();
            int steps = name.startsWith(HERE) ? 1 : COUNTED.getOrDefault(name, 0);
            byte[] loaded =
                    name.equals(RECOVERING) ? givingUp(classFile) : steps > 0 ? counting(classFile, steps) : classFile;
            return defineClass(name, loaded, 0, loaded.length, getClass().getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /**
     * The parser as it ends at the first error, which is all that anybody wants to know. It would go on, and keep for each
     * of thousands of errors what lay on its stack.
     */
    private static byte[] givingUp(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                        if (!name.startsWith(RECOVER) || !descriptor.contains(ERROR)) {
                            return method;
                        }
                        int parameters = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
                        method.visitCode();
                        method.visitVarInsn(Opcodes.ALOAD, parameters - 1);
                        method.visitInsn(Opcodes.ATHROW);
                        method.visitMaxs(1, parameters);
                        method.visitEnd();
                        return null;
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static byte[] counting(byte[] classFile, int steps) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return new StepCounter(
                                super.visitMethod(access, name, descriptor, signature, exceptions), steps);
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class StepCounter extends MethodVisitor {

        private final int steps;
        private final Set<Label> seen = new HashSet<>();

        StepCounter(MethodVisitor next, int steps) {
            super(Opcodes.ASM9, next);
            this.steps = steps;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            count();
        }

        @Override
        public void visitLabel(Label label) {
            super.visitLabel(label);
            seen.add(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (seen.contains(label)) {
                count();
            }
            super.visitJumpInsn(opcode, label);
        }

        private void count() {
            visitIntInsn(Opcodes.BIPUSH, steps);
            visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(ParserThread.class), "step", "(I)V", false);
        }
    }
}
