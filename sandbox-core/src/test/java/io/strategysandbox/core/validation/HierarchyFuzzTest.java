package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.CompiledClasses;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Hierarchies of own classes and interfaces around {@code ArrayList} and {@code Collection}, put together by chance as no
 * compiler would: the JVM itself is asked whether any call of an accepted one reaches the library's {@code parallelStream}.
 */
class HierarchyFuzzTest {

    private static final int PROGRAMS = Integer.getInteger("sandbox.fuzz.programs", 3_000);
    private static final String NAME = "parallelStream";
    private static final String DESCRIPTOR = "()Ljava/util/stream/Stream;";

    @Test
    void noCallOfAnAcceptedHierarchyReachesWhatIsRefused() throws Exception {
        SecurityValidator validator = SecurityValidator.create();
        int accepted = 0;
        int reaching = 0;
        List<String> bypasses = new ArrayList<>();
        for (int seed = 0; seed < PROGRAMS; seed++) {
            Map<String, byte[]> classes = new Program(new Random(seed)).write();
            boolean passes = validator
                    .checkClasses(CompiledClasses.of(classes), List.of())
                    .accepted();
            boolean reaches = reachesTheLibrary(classes);
            accepted += passes ? 1 : 0;
            reaching += reaches ? 1 : 0;
            if (passes && reaches) {
                bypasses.add("seed " + seed);
            }
        }
        assertThat(bypasses).isEmpty();
        assertThat(accepted).isGreaterThan(PROGRAMS / 20);
        assertThat(reaching).isGreaterThan(PROGRAMS / 20);
    }

    private static boolean reachesTheLibrary(Map<String, byte[]> classes) {
        Loader loader = new Loader(classes);
        return classes.keySet().stream()
                .anyMatch(made -> classes.keySet().stream().anyMatch(type -> reaches(loader, made, type)));
    }

    private static boolean reaches(Loader loader, String made, String type) {
        try {
            Object instance = loader.loadClass(made).getConstructor().newInstance();
            Object result = loader.loadClass("Driver")
                    .getMethod("by" + type, Object.class)
                    .invoke(null, instance);
            return result instanceof Stream<?> stream && stream.isParallel();
        } catch (ReflectiveOperationException | LinkageError e) {
            // No such instance, or no such call: the JVM refuses it itself.
            return false;
        }
    }

    /** One program: interfaces I0 to I2, classes C0 to C2, and a driver that calls the method by way of each. */
    private static final class Program {

        private final Random random;
        private final Map<String, byte[]> classes = new TreeMap<>();
        private final List<String> interfaces = new ArrayList<>();
        private final List<String> parents = new ArrayList<>(List.of("java/util/ArrayList", "java/lang/Object"));

        Program(Random random) {
            this.random = random;
        }

        Map<String, byte[]> write() {
            int wide = 1 + random.nextInt(3);
            for (int i = 0; i < wide; i++) {
                ownInterface("I" + i);
            }
            int deep = 1 + random.nextInt(3);
            for (int i = 0; i < deep; i++) {
                ownClass("C" + i);
            }
            driver();
            return classes;
        }

        private void ownInterface(String name) {
            Set<String> above = some(interfaces);
            if (random.nextInt(3) == 0) {
                above.add("java/util/Collection");
            }
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            writer.visit(
                    Opcodes.V17,
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE,
                    name,
                    null,
                    "java/lang/Object",
                    above.toArray(String[]::new));
            switch (random.nextInt(4)) {
                case 0 -> {}
                case 1 -> withCode(writer, Opcodes.ACC_PUBLIC);
                default -> writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, NAME, DESCRIPTOR, null, null);
            }
            add(name, writer);
            interfaces.add(name);
        }

        private void ownClass(String name) {
            String parent = parents.get(random.nextInt(parents.size()));
            boolean isAbstract = random.nextInt(5) == 0;
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            writer.visit(
                    Opcodes.V17,
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER | (isAbstract ? Opcodes.ACC_ABSTRACT : 0),
                    name,
                    null,
                    parent,
                    some(interfaces).toArray(String[]::new));
            MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
            constructor.visitVarInsn(Opcodes.ALOAD, 0);
            constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
            constructor.visitInsn(Opcodes.RETURN);
            constructor.visitMaxs(0, 0);
            switch (random.nextInt(8)) {
                case 0 -> withCode(writer, Opcodes.ACC_PUBLIC);
                case 1 -> withCode(writer, Opcodes.ACC_PRIVATE);
                case 2 -> withCode(writer, Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC);
                case 3 -> withCode(writer, 0);
                case 4 -> {
                    if (isAbstract) {
                        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, NAME, DESCRIPTOR, null, null);
                    }
                }
                default -> {}
            }
            add(name, writer);
            parents.add(name);
        }

        private Set<String> some(List<String> names) {
            Set<String> some = new LinkedHashSet<>();
            names.stream().filter(any -> random.nextInt(2) == 0).forEach(some::add);
            return some;
        }

        private static void withCode(ClassWriter writer, int access) {
            MethodVisitor method = writer.visitMethod(access, NAME, DESCRIPTOR, null, null);
            method.visitInsn(Opcodes.ACONST_NULL);
            method.visitInsn(Opcodes.ARETURN);
            method.visitMaxs(0, 0);
        }

        private void driver() {
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "Driver", null, "java/lang/Object", null);
            for (String type : List.copyOf(classes.keySet())) {
                boolean isInterface = type.startsWith("I");
                MethodVisitor method = writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                        "by" + type,
                        "(Ljava/lang/Object;)Ljava/lang/Object;",
                        null,
                        null);
                method.visitVarInsn(Opcodes.ALOAD, 0);
                method.visitTypeInsn(Opcodes.CHECKCAST, type);
                method.visitMethodInsn(
                        isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
                        type,
                        NAME,
                        DESCRIPTOR,
                        isInterface);
                method.visitInsn(Opcodes.ARETURN);
                method.visitMaxs(0, 0);
            }
            add("Driver", writer);
        }

        private void add(String name, ClassWriter writer) {
            writer.visitEnd();
            classes.put(name, writer.toByteArray());
        }
    }

    private static final class Loader extends ClassLoader {

        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(HierarchyFuzzTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
