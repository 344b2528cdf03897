package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.validation.DangerousOperations.Operation;
import io.strategysandbox.core.validation.Disguises.Disguised;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dangerous operation in every disguise. */
class DangerMatrixTest {

    private static final SecurityValidator VALIDATOR = SecurityValidator.uncounted();

    private static final int OPERATIONS_AT_ONCE = 10;

    /** Where the validator is weakened hundreds of times, each time only every so many-th source has to tell. */
    private static final int EVERY = Integer.getInteger("sandbox.matrix.every", 1);

    private static List<Disguised> disguised(int index) {
        return Disguises.of(DangerousOperations.ALL.get(index), "op" + index);
    }

    /** Each operation in other disguises than the one before. */
    private static Stream<Disguised> told(int index) {
        List<Disguised> disguised = disguised(index);
        return IntStream.range(0, disguised.size())
                .filter(i -> (i + index) % EVERY == 0)
                .mapToObj(disguised::get);
    }

    @Test
    void theMatrixIsLarge() {
        List<Operation> operations = DangerousOperations.ALL;
        assertThat(operations).hasSizeGreaterThan(100).doesNotHaveDuplicates();
        int all = 0;
        for (int i = 0; i < operations.size(); i++) {
            List<Disguised> disguised = disguised(i);
            assertThat(disguised).as("%s", operations.get(i)).hasSizeGreaterThan(45);
            all += disguised.size();
        }
        assertThat(all).isGreaterThan(7_500);
    }

    /** The class files alone must refuse it: the source layers are a help for readers. */
    @ParameterizedTest
    @MethodSource("bunches")
    void classFilesAloneRefuseEveryDisguise(List<Integer> bunch) {
        List<Disguised> some = bunch.stream().flatMap(DangerMatrixTest::told).toList();
        Map<String, Map<String, byte[]>> classes = bySource(InMemoryCompiler.compile(
                some.stream().map(DangerMatrixTest::source).toList()));
        List<String> missed = new ArrayList<>();
        for (Disguised one : some) {
            CompiledClasses mine = CompiledClasses.of(classes.getOrDefault(one.path(), Map.of()));
            ValidationReport report = VALIDATOR.checkClasses(mine, List.of(source(one)));
            if (!denies(report, one.operation().category(), one)) {
                missed.add(one.name() + " of " + one.operation() + " " + report.findings());
            }
        }
        assertThat(missed).isEmpty();
    }

    /** Many at once, since the compiler is slow to start. */
    static Stream<List<Integer>> bunches() {
        int all = DangerousOperations.ALL.size();
        return IntStream.iterate(0, from -> from < all, from -> from + OPERATIONS_AT_ONCE)
                .mapToObj(from -> IntStream.range(from, Math.min(from + OPERATIONS_AT_ONCE, all))
                        .boxed()
                        .toList());
    }

    /** The source layers help readers, and may miss what they are not sure about; of these they are. */
    @ParameterizedTest
    @MethodSource("operations")
    void sourcesAloneRefuseEveryDisguise(int operation) {
        List<String> missed = told(operation)
                .filter(one -> !denies(
                        VALIDATOR.checkSources(List.of(source(one))),
                        one.operation().category(),
                        one))
                .map(Disguised::name)
                .toList();
        assertThat(missed).as("%s", DangerousOperations.ALL.get(operation)).isEmpty();
    }

    static IntStream operations() {
        return IntStream.range(0, DangerousOperations.ALL.size());
    }

    @Test
    void textThatIsNotWhatItShowsIsRefusedWhateverItHides() {
        List<String> missed = new ArrayList<>();
        for (Operation operation : DangerousOperations.ALL) {
            List<Disguised> hidden = HiddenText.ignorable(operation);
            assertThat(hidden).hasSizeGreaterThan(200);
            Stream.concat(hidden.stream(), HiddenText.escaped(operation).stream())
                    .filter(one -> !denies(VALIDATOR.checkSources(List.of(source(one))), Category.TEXT, one))
                    .forEach(one -> missed.add(one.name() + " of " + operation));
        }
        assertThat(missed).isEmpty();
    }

    /** Disguises that are more than another place for the same statement. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { java.util.function.IntConsumer c = System::exit; }",
                "abstract class A<T> implements java.util.stream.Stream<T> { public boolean isParallel() { return true; } }",
                "interface B<T> extends java.util.stream.Stream<T> {} abstract class A<T> implements B<T> {}",
                "class A { void m() throws Exception { try (AutoCloseable c = System.out) { c.hashCode(); } } }",
                "class A { void m() throws Exception { java.io.Closeable c = System.out; c.close(); } }",
                "class A { void m() { new java.io.PrintWriter(System.out).print(1); } }",
                "class A { void m() { new java.io.PrintWriter(System.err, true).print(1); } }",
                "interface C { void close(); } class P extends java.io.PrintWriter implements C { P() { super(System.out); } }",
                "class A { void m() { new java.util.Formatter((Appendable) System.out).close(); } }",
                "abstract class A extends java.time.chrono.AbstractChronology {}",
                "abstract class A implements java.time.chrono.Chronology {}",
                "abstract class A extends java.util.TimeZone {}",
                "abstract class A extends java.util.Calendar {}",
                "class A extends java.util.GregorianCalendar {}",
                "class A { byte[] m(String s) throws Exception { return s.getBytes(\"x-own\"); } }",
                "class A { String m(byte[] b) throws Exception { return new String(b, \"x-own\"); } }",
                "class A { String m(byte[] b) throws Exception { return new String(b, 0, 1, \"x-own\"); } }",
                "class A { Object m(java.time.format.DateTimeFormatterBuilder b) { return b.appendChronologyId(); } }",
                "class A { Object m() { return java.time.format.DateTimeFormatter.ofLocalizedDate("
                        + "java.time.format.FormatStyle.SHORT); } }",
                "class A { Object m(java.util.Locale l) { return java.time.format.DecimalStyle.of(l); } }",
                "abstract class A implements java.time.temporal.TemporalField {}",
                "class A { boolean m(org.ta4j.core.num.DecimalNum n) { return n.matches(n, 3); } }",
                "class A { Object m(java.time.format.DateTimeFormatter f) { return f.localizedBy(java.util.Locale.ROOT); } }",
                "class A { Object m(org.ta4j.core.BarSeries s, org.ta4j.core.TradingRecord r) { return new"
                        + " org.ta4j.core.analysis.Returns(s, r, org.ta4j.core.analysis.Returns.ReturnType.LOG); } }",
                "class A { Object m(org.ta4j.core.BarSeries s, org.ta4j.core.TradingRecord r) { return new"
                        + " org.ta4j.core.criteria.ValueAtRiskCriterion(0.95).calculate(s, r); } }",
                "class A { Object m(org.ta4j.core.BarSeries s, org.ta4j.core.TradingRecord r) { org.ta4j.core.AnalysisCriterion"
                        + " c = new org.ta4j.core.criteria.ExpectedShortfallCriterion(0.95); return c.calculate(s, r); } }",
                "class A { java.util.function.Function<String, Object> c = java.io.File::new; }",
                "class A { java.util.function.Supplier<Object> c = java.util.List.of(1)::parallelStream; }",
                "class A extends Thread {}",
                "class A { class B extends A {} void m() { new Thread() { }; } }",
                "class A { Object m(Object o) { return (java.io.File) o; } }",
                "class A { boolean m(Object o) { return o instanceof java.lang.reflect.Method; } }",
                "class A { Object m() { return java.net.Socket.class; } }",
                "class A { Object m() { return new java.io.File[1]; } }",
                "class A { Object m() { return new Thread[1][2]; } }",
                "class A { void m() { try { hashCode(); } catch (SecurityException e) { e.toString(); } } Thread t; }",
                "class A { <T extends Thread> void m(T t) { t.start(); } }",
                "class A<T extends Runtime> { void m(T t) { t.halt(1); } }",
                "class A { void m(Object o) { if (o instanceof Thread t) { t.start(); } } }",
                "record A(java.io.File f) {}",
                "class A { protected void finalize() {} }",
                "class A { native void m(); }",
                "class A { private void readObject(java.io.ObjectInputStream in) {} }",
                "class A { Object r = (Runnable & java.io.Serializable) () -> {}; }",
                "class A extends java.util.ArrayList<String> { Object m() { return parallelStream(); } }",
                "class A extends java.util.ArrayList<String> { Object m() { return super.parallelStream(); } }",
                "class A extends org.ta4j.core.rules.AbstractRule { public boolean isSatisfied(int i,"
                        + " org.ta4j.core.TradingRecord r) { log.info(\"x\"); return true; } }",
                "interface P { void forEach(long n, java.util.function.BiConsumer<? super String, ? super String> b); }"
                        + " class A extends java.util.concurrent.ConcurrentHashMap<String, String> implements P {"
                        + " static void m(P p) { p.forEach(1, (a, b) -> {}); } }",
                "interface P<K, V> { void forEach(long n, java.util.function.BiConsumer<? super K, ? super V> b); }"
                        + " abstract class B<K, V> extends java.util.concurrent.ConcurrentHashMap<K, V>"
                        + " implements P<K, V> {} class A extends B<String, String> {}",
            })
    void classFilesAloneRefuse(String source) {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of("A.java", source));
        assertThat(VALIDATOR
                        .checkClasses(InMemoryCompiler.compile(sources), sources)
                        .accepted())
                .isFalse();
    }

    /** Refused, under the right category, in the right file and line. */
    private static boolean denies(ValidationReport report, Category category, Disguised disguised) {
        String[] lines = disguised.text().split("\n", -1);
        return report.findings().stream()
                .anyMatch(finding -> finding.severity() == Finding.Severity.DENY
                        && finding.category() == category
                        && finding.path().equals(disguised.path())
                        && finding.line() > 0
                        && lines[finding.line() - 1].contains(Disguises.MARK));
    }

    private static SourceFile source(Disguised disguised) {
        return SourceFile.of(disguised.path(), disguised.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Class files by the path of the source that they were made of. */
    private static Map<String, Map<String, byte[]>> bySource(CompiledClasses classes) {
        Map<String, Map<String, byte[]>> bySource = new TreeMap<>();
        for (String name : classes.names()) {
            int nested = name.indexOf('$');
            String outermost = nested < 0 ? name : name.substring(0, nested);
            bySource.computeIfAbsent(outermost.replace('.', '/') + ".java", any -> new TreeMap<>())
                    .put(name, classes.bytes(name));
        }
        return bySource;
    }
}
