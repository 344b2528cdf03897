package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Class files that no compiler wrote: whatever is in them, the answer is a report. */
class HostileClassFilesTest {

    private static final SecurityValidator VALIDATOR = SecurityValidator.create();
    private static final AllowList ALLOW_LIST = AllowList.load();

    private static final String HONEST = """
            import java.util.*;
            import java.util.function.*;
            import org.ta4j.core.*;
            public class A implements io.strategysandbox.api.TradingStrategy {
                enum Side { LONG, SHORT { int sign() { return -1; } }; int sign() { return 1; } }
                record Point(double x, List<String> names) {}
                sealed interface Shape permits Round {}
                record Round(int[] r) implements Shape {}
                @FunctionalInterface interface Weight { double of(Bar bar); }
                private static final String NAME = "a" + 1.5;
                private final Map<String, Double> seen = new TreeMap<>();
                @Override public double onBar(BarSeries history) {
                    Weight weight = bar -> bar.getClosePrice().doubleValue();
                    Function<Integer, Integer> half = i -> i / 2;
                    try {
                        for (int i = 0; i < history.getBarCount(); i++) {
                            seen.merge("bar" + half.apply(i), weight.of(history.getBar(i)), Double::sum);
                        }
                    } catch (IllegalStateException | ArithmeticException e) {
                        return switch (NAME) { case "a" -> 0; case "b" -> 1; default -> Side.LONG.sign(); };
                    }
                    Object point = new Point(1, List.of()) ;
                    return point instanceof Point p && p.x() > 0 ? new double[3][4].length : new int[] {1, 2}[1];
                }
            }
            """;

    /** Small, so that damage often hits the one instruction that gives it away. */
    private static final String HOSTILE = "class A { Object m() { return Runtime.getRuntime(); } }";

    /** Flipped bits, overwritten, removed and doubled bytes, with a fixed seed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noDamageMakesItThrowOrAcceptWhatTheConstantPoolNames(long seed) {
        Random random = new Random(seed);
        int accepted = 0;
        int dangerous = 0;
        for (String source : List.of(HONEST, HOSTILE)) {
            List<SourceFile> sources = InMemoryCompiler.sources(Map.of("A.java", source));
            Map<String, byte[]> whole = bytes(InMemoryCompiler.compile(sources));
            for (int i = 0; i < 1_000; i++) {
                Map<String, byte[]> damaged = new TreeMap<>(whole);
                String victim = whole.keySet().stream()
                        .skip(random.nextInt(whole.size()))
                        .findFirst()
                        .orElseThrow();
                damaged.put(victim, damage(whole.get(victim), random));
                CompiledClasses classes = CompiledClasses.of(damaged);
                ValidationReport report = VALIDATOR.checkClasses(classes, sources);
                EntryPoints.find(classes, Optional.empty());
                Set<String> forbidden = forbiddenOwners(damaged.get(victim), whole.keySet());
                dangerous += forbidden.isEmpty() ? 0 : 1;
                if (report.accepted()) {
                    accepted++;
                    assertThat(forbidden)
                            .as("seed %d, mutation %d of %s", seed, i, victim)
                            .isEmpty();
                }
            }
        }
        assertThat(accepted).as("some damage is harmless").isPositive();
        assertThat(dangerous).as("some classes still name what is forbidden").isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "()", "()Q", "()[", "()Lx", "(Ljava/lang/String)V", "x", "[", "(I)(I)V"})
    void aDescriptorThatIsNoneIsRefusedAndTheClassIsNamed(String descriptor) {
        ClassWriter writer = writer();
        writer.visitMethod(Opcodes.ACC_ABSTRACT, "m", "()V", null, null);
        writer.visitField(0, "f", "I", null, null);
        byte[] classFile = new String(writer.toByteArray(), StandardCharsets.ISO_8859_1)
                .replace("\0\3()V", "\0" + (char) descriptor.length() + descriptor)
                .getBytes(StandardCharsets.ISO_8859_1);
        ValidationReport report = VALIDATOR.checkClasses(CompiledClasses.of(Map.of("hostile.A", classFile)), List.of());
        assertThat(report.accepted()).isFalse();
        assertThat(report.findings())
                .allSatisfy(finding ->
                        assertThat(finding.path() + finding.message()).containsPattern("hostile[./]A"));
    }

    @Test
    void annotationsNestedWithoutEndDoNotExhaustTheStack() {
        ClassWriter writer = writer();
        Deque<AnnotationVisitor> open = new ArrayDeque<>(List.of(writer.visitAnnotation("Lhostile/A;", false)));
        for (int i = 0; i < 50_000; i++) {
            open.push(open.element().visitArray("x"));
        }
        open.forEach(AnnotationVisitor::visitEnd);
        assertUnreadable(writer);
    }

    @Test
    void aDangerousOwnerThatNoInstructionUsesIsRefusedAllTheSame() {
        ClassWriter writer = writer();
        writer.newMethod("java/lang/Runtime", "halt", "(I)V", false);
        assertThat(check(writer).findings())
                .anySatisfy(finding -> assertThat(finding.message()).contains("java.lang.Runtime"));
        assertThat(check(writer).accepted()).isFalse();
    }

    @Test
    void classesThatExtendEachOtherEndTheSearch() {
        ClassWriter first = new ClassWriter(0);
        first.visit(Opcodes.V17, 0, "hostile/A", null, "hostile/B", new String[] {"hostile/A"});
        ClassWriter second = new ClassWriter(0);
        second.visit(Opcodes.V17, 0, "hostile/B", null, "hostile/A", new String[] {"hostile/B"});
        MethodVisitor method = second.visitMethod(0, "m", "()V", null, null);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "hostile/A", "absent", "()V", false);
        CompiledClasses classes =
                CompiledClasses.of(Map.of("hostile.A", first.toByteArray(), "hostile.B", second.toByteArray()));
        assertThat(VALIDATOR.checkClasses(classes, List.of()).accepted()).isFalse();
        assertThat(EntryPoints.find(classes, Optional.of("hostile.A"))).isInstanceOf(EntryPoints.Missing.class);
    }

    private static ClassWriter writer() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_ABSTRACT, "hostile/A", null, "java/lang/Object", null);
        return writer;
    }

    private static ValidationReport check(ClassWriter writer) {
        return VALIDATOR.checkClasses(CompiledClasses.of(Map.of("hostile.A", writer.toByteArray())), List.of());
    }

    private static void assertUnreadable(ClassWriter writer) {
        assertThat(check(writer).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("class-file-unreadable");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.DENY);
            assertThat(finding.message()).contains("hostile.A");
        });
        assertThatCode(() -> EntryPoints.find(
                        CompiledClasses.of(Map.of("hostile.A", writer.toByteArray())), Optional.empty()))
                .doesNotThrowAnyException();
    }

    private static Map<String, byte[]> bytes(CompiledClasses classes) {
        Map<String, byte[]> bytes = new TreeMap<>();
        classes.names().forEach(name -> bytes.put(name, classes.bytes(name)));
        return bytes;
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> {
                for (int i = 0; i < 1 + random.nextInt(20); i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            default -> {
                int to = Math.min(bytes.length, at + random.nextInt(16));
                System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - (to - at) + 1), to - at);
            }
        }
        return bytes;
    }

    /** What the constant pool names as the owner of a field or method, as far as the pool can be read at all. */
    private static Set<String> forbiddenOwners(byte[] classFile, Set<String> own) {
        Set<String> forbidden = new HashSet<>();
        try {
            ClassReader reader = new ClassReader(classFile);
            char[] buffer = new char[reader.getMaxStringLength()];
            for (int i = 1; i < reader.getItemCount(); i++) {
                int offset = reader.getItem(i);
                int tag = offset == 0 ? 0 : reader.readByte(offset - 1);
                if (tag >= 9 && tag <= 11) {
                    String owner = reader.readClass(offset, buffer).replace('/', '.');
                    boolean bootstrap = owner.startsWith("java.lang.invoke.") || owner.startsWith("java.lang.runtime.");
                    if (!owner.startsWith("[") && !bootstrap && !own.contains(owner) && !ALLOW_LIST.allowsType(owner)) {
                        forbidden.add(owner);
                    }
                }
            }
        } catch (RuntimeException e) {
            return Set.of();
        }
        return forbidden;
    }
}
