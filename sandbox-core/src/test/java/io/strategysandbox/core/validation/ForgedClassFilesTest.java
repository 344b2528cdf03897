package io.strategysandbox.core.validation;

import static io.strategysandbox.core.validation.Forge.CLASS;
import static io.strategysandbox.core.validation.Forge.INTERFACE;
import static io.strategysandbox.core.validation.Forge.VALIDATOR;
import static io.strategysandbox.core.validation.Forge.abstractly;
import static io.strategysandbox.core.validation.Forge.end;
import static io.strategysandbox.core.validation.Forge.method;
import static io.strategysandbox.core.validation.Forge.rules;
import static io.strategysandbox.core.validation.Forge.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.strategy.CompiledClasses;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Class files that javac would not write and a JVM would run: each reaches what it must not, by a way of its own. */
class ForgedClassFilesTest {

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
    void whatFollowsTheEndOfAClassFileIsRefused() {
        byte[] whole = type("Own", CLASS, "java/lang/Object").toByteArray();
        assertThat(rules(Map.of("Own", Arrays.copyOf(whole, whole.length + 1)))).containsExactly("class-file-size");
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
}
