package io.strategysandbox.core.validation;

import static io.strategysandbox.core.validation.Forge.CLASS;
import static io.strategysandbox.core.validation.Forge.INTERFACE;
import static io.strategysandbox.core.validation.Forge.VALIDATOR;
import static io.strategysandbox.core.validation.Forge.end;
import static io.strategysandbox.core.validation.Forge.method;
import static io.strategysandbox.core.validation.Forge.rules;
import static io.strategysandbox.core.validation.Forge.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.CompiledClasses;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Class files that javac would not write, made to take a reader time or memory without end. */
class ExhaustingClassFilesTest {

    private static final String LOOKUP =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;";

    /** What nobody declares is looked for in all ancestors, at each of half a million places. */
    @Test
    @Timeout(20)
    void callsThatNobodyCountsAnyMoreAreNotDecided() {
        Map<String, byte[]> classes = new TreeMap<>();
        String ancestor = "java/util/concurrent/ConcurrentHashMap";
        for (int i = 0; i < 400; i++) {
            classes.put("C" + i, Forge.type("C" + i, CLASS, ancestor).toByteArray());
            ancestor = "C" + i;
        }
        for (int i = 0; i < 9; i++) {
            ClassWriter own = Forge.type("A" + i, CLASS, "java/lang/Object");
            for (int m = 0; m < 12; m++) {
                MethodVisitor method = own.visitMethod(Opcodes.ACC_STATIC, "m" + m, "()V", null, null);
                method.visitCode();
                for (int k = 0; k < 5_000; k++) {
                    method.visitFieldInsn(Opcodes.GETSTATIC, "C399", "x" + k % 100 + "_" + m + "_" + i, "I");
                    method.visitInsn(Opcodes.POP);
                }
                end(method);
            }
            classes.put("A" + i, own.toByteArray());
        }
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        ValidationReport report = VALIDATOR.checkClasses(CompiledClasses.of(classes), List.of());

        assertThat(report.accepted()).isFalse();
        assertThat(report.findings())
                .hasSizeLessThan(1_200)
                .anyMatch(finding -> finding.rule().equals("more-findings"));
        assertThat(Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun))
                .isLessThan(Duration.ofSeconds(4));
    }

    @Test
    @Timeout(10)
    void aBootstrapOfThousandsOfArgumentsIsRefusedBeforeItIsRead() {
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        MethodVisitor method = method(own);
        Handle bootstrap = new Handle(
                Opcodes.H_INVOKESTATIC,
                "java/lang/invoke/StringConcatFactory",
                "makeConcatWithConstants",
                LOOKUP + "Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
                false);
        Object[] arguments = IntStream.range(0, 30_000).boxed().toArray();
        for (int i = 0; i < 200; i++) {
            method.visitInvokeDynamicInsn("concat", "()Ljava/lang/String;", bootstrap, arguments);
            method.visitInsn(Opcodes.POP);
        }
        end(method);
        assertThat(rules(Map.of("Own", own.toByteArray()))).containsExactly("class-file-bootstraps");
    }

    @Test
    @Timeout(10)
    void namesOfThousandsOfPartsAreRefusedBeforeTheyAreLookedUp() {
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        for (int i = 0; i < 5; i++) {
            own.newClass("a/".repeat(32_000) + i);
        }
        assertThat(rules(Map.of("Own", own.toByteArray()))).containsExactly("class-file-names");
        ClassWriter other = type("Own", CLASS, "java/lang/Object");
        other.newNameType("m".repeat(20_001), "()V");
        assertThat(rules(Map.of("Own", other.toByteArray()))).containsExactly("class-file-names");
    }

    @Test
    @Timeout(10)
    void hundredsOfThousandsOfRefusedCallsTakeNoTime() {
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        for (int i = 0; i < 7; i++) {
            MethodVisitor method = own.visitMethod(Opcodes.ACC_STATIC, "m" + i, "()V", null, null);
            for (int j = 0; j < 21_000; j++) {
                method.visitMethodInsn(
                        Opcodes.INVOKESTATIC, "java/lang/Runtime", "\u202E".repeat(500) + i, "()V", false);
            }
            end(method);
        }
        assertThat(rules(Map.of("Own", own.toByteArray()))).containsExactly("environment-read");
    }

    @Test
    @Timeout(10)
    void aNameOfManyPartsIsLookedUpOnce() {
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        for (int i = 0; i < 7; i++) {
            MethodVisitor method = own.visitMethod(Opcodes.ACC_STATIC, "m" + i, "()V", null, null);
            for (int j = 0; j < 21_000; j++) {
                method.visitMethodInsn(Opcodes.INVOKESTATIC, "a/".repeat(480) + "A", "m", "()V", false);
            }
            end(method);
        }
        assertThat(rules(Map.of("Own", own.toByteArray()))).containsExactly("not-allowed");
    }

    @Test
    @Timeout(20)
    void manyClassesOfAnInterfaceWithManyMethodsTakeNoTime() {
        Map<String, byte[]> classes = new TreeMap<>();
        ClassWriter wide = type("Wide", INTERFACE, "java/lang/Object");
        for (int i = 0; i < 20_000; i++) {
            wide.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "m" + i, "()V", null, null);
        }
        classes.put("Wide", wide.toByteArray());
        for (int i = 0; i < 1_000; i++) {
            classes.put(
                    "C" + i,
                    type("C" + i, CLASS | Opcodes.ACC_ABSTRACT, "java/lang/Object", "Wide")
                            .toByteArray());
        }
        assertThat(rules(classes)).isEmpty();
    }

    @Test
    @Timeout(20)
    void thousandsOfNamesThatAreNotThereAreRefused() {
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        MethodVisitor method = method(own);
        for (int i = 0; i < 5_000; i++) {
            method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/function/F" + i, "m", "()V", false);
        }
        end(method);
        assertThat(rules(Map.of("Own", own.toByteArray()))).contains("not-allowed", "more-findings");
    }

    @Test
    void aClassFileIsNoLargerThanAnyThatIsWritten() {
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        for (int i = 0; i < 10; i++) {
            own.newUTF8(i + "x".repeat(60_000));
        }
        assertThat(rules(Map.of("Own", own.toByteArray()))).containsExactly("class-file-too-large");
    }

    @Test
    @Timeout(10)
    void moreAncestorsThanAnybodyWritesAreRefused() {
        Map<String, byte[]> chain = new TreeMap<>();
        for (int i = 0; i < 1_500; i++) {
            ClassWriter writer = type("C" + i, CLASS, i == 0 ? "java/lang/Object" : "C" + (i - 1));
            if (i == 1_499) {
                MethodVisitor method = method(writer);
                for (int j = 0; j < 15_000; j++) {
                    method.visitMethodInsn(Opcodes.INVOKESTATIC, "C" + i, "hashCode", "()I", false);
                    method.visitInsn(Opcodes.POP);
                }
                end(method);
            }
            chain.put("C" + i, writer.toByteArray());
        }
        assertThat(rules(chain)).contains("class-file-unreadable");
    }

    @Test
    @Timeout(20)
    void manyInterfacesOfManyMethodsTakeNoTime() {
        Map<String, byte[]> classes = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 490; i++) {
            ClassWriter writer = type("I" + i, INTERFACE, "java/lang/Object");
            for (int j = 0; j < 50; j++) {
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "m" + i + "x" + j, "()V", null, null);
            }
            names.add("I" + i);
            classes.put("I" + i, writer.toByteArray());
        }
        classes.put(
                "Own",
                type("Own", CLASS, "java/lang/Object", names.toArray(String[]::new))
                        .toByteArray());
        long begun = System.nanoTime();
        assertThat(rules(classes)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    /** A reader reserves as much memory as an attribute says it needs. */
    @ParameterizedTest
    @ValueSource(ints = {0x7fffffff, 0x3fffffff, 1 << 20, 1, -1})
    void anAttributeThatIsLongerThanItsFileIsRefused(int length) {
        ClassWriter writer = type("Own", CLASS, "java/lang/Object");
        writer.newUTF8("Xyz");
        byte[] whole = writer.toByteArray();
        ByteBuffer longer = ByteBuffer.allocate(whole.length + 6).put(whole);
        longer.putShort(whole.length - 2, (short) 1);
        longer.putShort((short) indexOf(whole, "Xyz")).putInt(length);
        assertThat(rules(Map.of("Own", longer.array()))).containsExactly("class-file-unreadable");
    }

    @Test
    void anAttributeOfCodeThatIsLongerThanItsFileIsRefused() {
        ClassWriter writer = type("Own", CLASS, "java/lang/Object");
        MethodVisitor method = method(writer);
        Label start = new Label();
        method.visitLabel(start);
        method.visitLineNumber(1, start);
        end(method);
        ByteBuffer bytes = ByteBuffer.wrap(writer.toByteArray());
        short table = (short) indexOf(bytes.array(), "LineNumberTable");
        for (int at = 0; at < bytes.limit() - 6; at++) {
            if (bytes.getShort(at) == table && bytes.getInt(at + 2) == 6) {
                bytes.putInt(at + 2, 0x7ffffff0);
            }
        }
        assertThat(rules(Map.of("Own", bytes.array()))).containsExactly("class-file-unreadable");
    }

    @Test
    @Timeout(20)
    void aLongDescriptorThatThousandsShareIsRefused() {
        ClassWriter writer = type("Own", INTERFACE, "java/lang/Object");
        String descriptor = "(" + ("L" + "x".repeat(250) + ";").repeat(250) + ")V";
        for (int i = 0; i < 10_000; i++) {
            writer.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, Integer.toString(i, 36), descriptor, null, null);
        }
        assertThat(rules(Map.of("Own", writer.toByteArray()))).containsExactly("class-file-names");
    }

    @Test
    @Timeout(20)
    void aLongBootstrapThatThousandsShareIsRefused() {
        ClassWriter writer = type("Own", CLASS, "java/lang/Object");
        Object[] arguments = IntStream.range(0, 300)
                .mapToObj(i -> Type.getObjectType("java/lang/String"))
                .toArray();
        Handle bootstrap = new Handle(
                Opcodes.H_INVOKESTATIC,
                "java/lang/runtime/SwitchBootstraps",
                "typeSwitch",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                        + "[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
                false);
        MethodVisitor method = method(writer);
        for (int i = 0; i < 6_000; i++) {
            method.visitInsn(Opcodes.ACONST_NULL);
            method.visitInsn(Opcodes.ICONST_0);
            method.visitInvokeDynamicInsn("typeSwitch", "(Ljava/lang/Object;I)I", bootstrap, arguments);
            method.visitInsn(Opcodes.POP);
        }
        end(method);
        assertThat(rules(Map.of("Own", writer.toByteArray()))).containsExactly("class-file-unreadable");
    }

    @Test
    @Timeout(20)
    void manyClassesBelowManyInterfacesAreRefused() {
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 0; i < 480; i++) {
            String[] parents = i == 0 ? new String[0] : new String[] {"I" + (i - 1)};
            classes.put(
                    "I" + i,
                    type("I" + i, INTERFACE, "java/lang/Object", parents).toByteArray());
        }
        for (int i = 0; i < 3_000; i++) {
            classes.put(
                    "C" + i,
                    type("C" + i, CLASS, "java/util/concurrent/ConcurrentHashMap", "I479")
                            .toByteArray());
        }
        assertThat(rules(classes)).contains("class-file-unreadable");
    }

    @Test
    void aStrategyHasABoundedNumberOfFindings() {
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            ClassWriter writer = type("C" + i, CLASS, "java/lang/Object");
            MethodVisitor method = method(writer);
            for (int line = 1; line <= 60; line++) {
                Label here = new Label();
                method.visitLabel(here);
                method.visitLineNumber(line, here);
                method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "gc", "()V", false);
            }
            end(method);
            classes.put("C" + i, writer.toByteArray());
        }
        List<Finding> findings =
                VALIDATOR.checkClasses(CompiledClasses.of(classes), List.of()).findings();
        assertThat(findings).hasSizeBetween(1_000, 1_100);
        assertThat(findings).extracting(Finding::rule).contains("more-findings");
    }

    /** A name costs what it takes to read it once, however many calls share it. */
    @Test
    void callsThatShareALongNameTakeNoLongerThanOthers() {
        assertThat(cpu(calls("m".repeat(19_000)))).isLessThan(cpu(calls("m")) * 4);
    }

    private static byte[] calls(String name) {
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        end(own.visitMethod(Opcodes.ACC_STATIC, name, "()V", null, null));
        for (int i = 0; i < 7; i++) {
            MethodVisitor method = own.visitMethod(Opcodes.ACC_STATIC, "calls" + i, "()V", null, null);
            for (int j = 0; j < 21_000; j++) {
                method.visitMethodInsn(Opcodes.INVOKESTATIC, "Own", name, "()V", false);
            }
            end(method);
        }
        return own.toByteArray();
    }

    @Test
    void annotationsThatShareALongTypeNameTakeNoLongerThanOthers() {
        assertThat(cpu(annotations("x".repeat(65_000)))).isLessThan(cpu(annotations("x")) * 4);
    }

    private static byte[] annotations(String name) {
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        for (int i = 0; i < 2; i++) {
            MethodVisitor method = own.visitMethod(Opcodes.ACC_STATIC, "m" + i, "()V", null, null);
            for (int j = 0; j < 50_000; j++) {
                method.visitAnnotation("L" + name + ";", true).visitEnd();
            }
            end(method);
        }
        return own.toByteArray();
    }

    /** The least processor time that a look at a class file takes, in nanoseconds. */
    private static long cpu(byte[] classFile) {
        return LongStream.generate(() -> {
                    long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    rules(Map.of("Own", classFile));
                    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
                })
                .limit(3)
                .min()
                .orElseThrow();
    }

    private static int indexOf(byte[] classFile, String text) {
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        return IntStream.range(1, reader.getItemCount())
                .filter(i -> reader.getItem(i) > 0 && reader.readByte(reader.getItem(i) - 1) == 1)
                .filter(i -> text.equals(utf8(reader, i, buffer)))
                .findFirst()
                .orElseThrow();
    }

    private static String utf8(ClassReader reader, int index, char[] buffer) {
        int start = reader.getItem(index);
        int length = reader.readUnsignedShort(start);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length && i < buffer.length; i++) {
            bytes[i] = (byte) reader.readByte(start + 2 + i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
