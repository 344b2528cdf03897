package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.strategy.CompiledClasses;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

/** Class files that javac would not write and a JVM would run: each reaches what it must not, by a way of its own. */
class ForgedClassFilesTest {

    private static final SecurityValidator VALIDATOR = SecurityValidator.create();

    private static final int CLASS = Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER;
    private static final int INTERFACE = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE;

    private static final String PARALLEL = "()Ljava/util/stream/Stream;";
    private static final String FOR_EACH = "(JLjava/util/function/BiConsumer;)V";
    private static final String LOOKUP =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;";

    @ParameterizedTest
    @ValueSource(
            ints = {Opcodes.V1_1, Opcodes.V1_2, Opcodes.V1_7, Opcodes.V16, Opcodes.V18, Opcodes.V17 | Opcodes.V_PREVIEW
            })
    void onlyTheVersionThatStrategiesAreCompiledToIsRead(int version) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, CLASS, "A", null, "java/lang/Object", null);
        assertThat(rules(Map.of("A", writer.toByteArray()))).containsExactly("class-file-version");
        ClassWriter plain = type("A", CLASS, "java/lang/Object");
        assertThat(rules(Map.of("A", plain.toByteArray()))).isEmpty();
    }

    /** A JVM compares names by their bytes, and a reader that decodes them takes two for one. */
    @Test
    void aNameInMoreBytesThanItTakesIsRefused() {
        ClassWriter writer = type("A", CLASS, "java/lang/Object");
        writer.newUTF8("Cod\u00E9");
        byte[] classFile = new String(writer.toByteArray(), StandardCharsets.ISO_8859_1)
                .replace("\0\5Cod\u00C3\u00A9", "\0\5\u00C1\u0083ode")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(rules(Map.of("A", classFile))).containsExactly("class-file-names");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\3\u00C3(x",
                "\0\3\u00E0\u0080\u0080",
                "\0\3\u00F0xx",
                "\0\3xx\u00C3",
                "\0\3x\u0080x",
                "\0\3a\0b"
            })
    void textThatIsNotThatOfClassFilesIsRefused(String bytes) {
        ClassWriter writer = type("A", CLASS, "java/lang/Object");
        writer.newUTF8("%%%");
        byte[] classFile = new String(writer.toByteArray(), StandardCharsets.ISO_8859_1)
                .replace("\0\3%%%", bytes)
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(rules(Map.of("A", classFile))).containsExactly("class-file-names");
    }

    @Test
    void textOfAllLengthsThatIsWrittenAsJavacDoesIsFine() {
        ClassWriter writer = type("A", CLASS, "java/lang/Object");
        writer.newUTF8("a\0\u0080\u00E9\u0800\u20AC\uFFFF\uD83D\uDE00");
        assertThat(rules(Map.of("A", writer.toByteArray()))).isEmpty();
    }

    /** The JVM takes the one method that has code, which is the library's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAbstractMethodOfAnOwnInterfaceHidesNoDefaultOfALibrary(boolean throughTheInterface) {
        ClassWriter own = type("Own", CLASS, "java/util/ArrayList", "Second");
        MethodVisitor method = method(own);
        method.visitInsn(Opcodes.ACONST_NULL);
        if (throughTheInterface) {
            method.visitMethodInsn(Opcodes.INVOKEINTERFACE, "Second", "parallelStream", PARALLEL, true);
        } else {
            method.visitTypeInsn(Opcodes.CHECKCAST, "Own");
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "Own", "parallelStream", PARALLEL, false);
        }
        end(method);
        assertThat(rules(Map.of("Own", own.toByteArray(), "Second", abstractly("Second", "parallelStream", PARALLEL))))
                .containsOnly("parallel-use");
    }

    /** A call by way of an interface passes static and private methods by. */
    @ParameterizedTest
    @ValueSource(ints = {Opcodes.ACC_STATIC | Opcodes.ACC_PUBLIC, Opcodes.ACC_PRIVATE})
    void anOwnMethodThatOverridesNothingHidesNothing(int access) {
        ClassWriter own = type("Own", CLASS, "java/util/concurrent/ConcurrentHashMap", "Second");
        end(own.visitMethod(access, "forEach", FOR_EACH, null, null));
        assertThat(rules(Map.of("Own", own.toByteArray(), "Second", abstractly("Second", "forEach", FOR_EACH))))
                .containsOnly("parallel-use");
    }

    @Test
    void anOwnMethodThatOverridesIsChosen() {
        ClassWriter own = type("Own", CLASS, "java/util/AbstractList", "Second");
        MethodVisitor method = own.visitMethod(Opcodes.ACC_PUBLIC, "twice", "()I", null, null);
        method.visitInsn(Opcodes.ICONST_2);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(1, 1);
        assertThat(rules(Map.of("Own", own.toByteArray(), "Second", abstractly("Second", "twice", "()I"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metafactory", "altMetafactory"})
    void theClassOfALambdaIsLookedAt(String bootstrap) {
        boolean markers = bootstrap.equals("altMetafactory");
        ClassWriter joined = type("Joined", INTERFACE, "java/lang/Object", "Second", "java/util/Collection");
        joined.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "run", "()V", null, null);
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        end(own.visitMethod(Opcodes.ACC_STATIC | Opcodes.ACC_PUBLIC, "body", "()V", null, null));
        MethodVisitor method = method(own);
        Handle body = new Handle(Opcodes.H_INVOKESTATIC, "Own", "body", "()V", false);
        Type signature = Type.getMethodType("()V");
        method.visitInvokeDynamicInsn(
                "run",
                markers ? "()Ljava/lang/Runnable;" : "()LJoined;",
                new Handle(
                        Opcodes.H_INVOKESTATIC,
                        "java/lang/invoke/LambdaMetafactory",
                        bootstrap,
                        LOOKUP
                                + (markers
                                        ? "[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;"
                                        : "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
                                                + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;"),
                        false),
                markers
                        ? new Object[] {
                            signature,
                            body,
                            signature,
                            2,
                            2,
                            Type.getObjectType("Second"),
                            Type.getObjectType("java/util/Collection")
                        }
                        : new Object[] {signature, body, signature});
        end(method);
        assertThat(rules(Map.of(
                        "Own",
                        own.toByteArray(),
                        "Joined",
                        joined.toByteArray(),
                        "Second",
                        abstractly("Second", "parallelStream", PARALLEL))))
                .containsOnly("parallel-use");
    }

    /** On a plain class path the JVM would take the platform's class. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.Own",
                "javax.naming.Own",
                "jdk.Own",
                "sun.misc.Own",
                "com.sun.Own",
                "org.xml.sax.helpers.XMLReaderFactory",
                "org.w3c.dom.Own",
                "org.ietf.jgss.Own",
                "org.jcp.xml.Own",
                "netscape.javascript.Own",
                "org.ta4j.core.Own",
                "org.slf4j.Own",
                "org.apache.commons.math3.Own",
                "io.strategysandbox.api.Own"
            })
    void aNameOfThePlatformIsRefused(String name) {
        assertThat(rules(Map.of(
                        name,
                        type(name.replace('.', '/'), CLASS, "java/lang/Object").toByteArray())))
                .containsExactly("reserved-name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p/Own", "p.Own/", "", ".Own", "p..Own", "Own;", "[Own", "p.Own."})
    void aClassHasNoSecondName(String name) {
        byte[] classFile = type("p/Own", CLASS, "java/lang/Object").toByteArray();
        assertThatThrownBy(() -> CompiledClasses.of(Map.of("p.Own", classFile, name, classFile)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "', which is no binary name");
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
        assertThat(rules(Map.of("Own", own.toByteArray()))).containsExactly("class-file-unreadable");
    }

    @Test
    void aClassFileIsNoLargerThanAnyThatIsWritten() {
        ClassWriter own = type("Own", CLASS, "java/lang/Object");
        for (int i = 0; i < 10; i++) {
            own.newUTF8(i + "x".repeat(60_000));
        }
        assertThat(rules(Map.of("Own", own.toByteArray()))).containsExactly("class-file-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "1A", "a//b", "A\u001B[2J", "A\u00ADB", "a/\nb", "C:", "package-info/A"})
    void aNameThatIsNoneInJavaIsRefusedAndMadeSafeToShow(String name) {
        String binary = name.replace('/', '.');
        assertThat(name)
                .satisfiesAnyOf(
                        any -> assertThatThrownBy(() -> CompiledClasses.of(Map.of(binary, new byte[1]))),
                        any -> assertThat(VALIDATOR
                                        .checkClasses(
                                                CompiledClasses.of(Map.of(
                                                        binary,
                                                        type(name, CLASS, "java/lang/Object")
                                                                .toByteArray())),
                                                List.of())
                                        .findings())
                                .anySatisfy(finding -> {
                                    assertThat(finding.rule()).isEqualTo("class-file-names");
                                    assertThat(finding.path().chars()).noneMatch(Character::isISOControl);
                                }));
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
    void whatFollowsTheEndOfAClassFileIsRefused() {
        byte[] whole = type("Own", CLASS, "java/lang/Object").toByteArray();
        assertThat(rules(Map.of("Own", Arrays.copyOf(whole, whole.length + 1)))).containsExactly("class-file-size");
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

    /** The JVM gives a lambda's class whatever method the call names. */
    @ParameterizedTest
    @ValueSource(strings = {"finalize", "writeReplace", "run"})
    void aLambdaHasTheMethodOfItsInterfaceAndNoOther(String name) {
        ClassWriter writer = type("Own", CLASS, "java/lang/Object");
        MethodVisitor body = writer.visitMethod(Opcodes.ACC_STATIC, "body", "()V", null, null);
        end(body);
        MethodVisitor method = method(writer);
        Type type = Type.getMethodType("()V");
        method.visitInvokeDynamicInsn(
                name,
                "()Ljava/lang/Runnable;",
                new Handle(
                        Opcodes.H_INVOKESTATIC,
                        "java/lang/invoke/LambdaMetafactory",
                        "metafactory",
                        "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                                + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
                                + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
                        false),
                type,
                new Handle(Opcodes.H_INVOKESTATIC, "Own", "body", "()V", false),
                type);
        method.visitInsn(Opcodes.POP);
        end(method);
        List<String> rules = rules(Map.of("Own", writer.toByteArray()));
        if (name.equals("run")) {
            assertThat(rules).isEmpty();
        } else {
            assertThat(rules).containsExactly("dynamic-call");
        }
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

    private static List<String> rules(Map<String, byte[]> classes) {
        return VALIDATOR.checkClasses(CompiledClasses.of(classes), List.of()).findings().stream()
                .map(Finding::rule)
                .distinct()
                .toList();
    }

    private static ClassWriter type(String name, int access, String parent, String... interfaces) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, access, name, null, parent, interfaces);
        return writer;
    }

    private static byte[] abstractly(String name, String method, String descriptor) {
        ClassWriter writer = type(name, INTERFACE, "java/lang/Object");
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, method, descriptor, null, null);
        return writer.toByteArray();
    }

    private static MethodVisitor method(ClassWriter writer) {
        return writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "m", "()V", null, null);
    }

    private static void end(MethodVisitor method) {
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
