package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only computes passes without a refusal, in the source and in the class files. */
class HonestSourcesTest {

    private static final SecurityValidator VALIDATOR = SecurityValidator.uncounted();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import org.ta4j.core.num.*; class A { Num m(Num n) { return n.dividedBy(n.one()).log(); } }",
                "import java.util.*; import java.util.concurrent.*; class A { Set<String> s ="
                        + " ConcurrentHashMap.newKeySet(); int m() { return"
                        + " new ConcurrentHashMap<String, String>().keySet().size(); } }",
                "class A { String s = \"\u26A0\uFE0F careful\"; }",
                "class A { Class<?> c = void.class; static void readObject(int i) {} }",
                "import java.nio.charset.StandardCharsets; class A { String m(String s) { return new"
                        + " String(s.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8); } }",
                "class A { Object m() { return java.util.stream.Stream.concat(java.util.stream.Stream.of(1),"
                        + " java.util.stream.Stream.of(2)).map(i -> i).toList(); } }",
                "class A implements AutoCloseable { public void close() {} void m() { try (A a = new A()) { a.m(); } } }",
                "class A { void m() { try (java.util.stream.Stream<String> s = java.util.stream.Stream.of(\"a\")) { s.count(); } } }",
                "class Q { static void exit(int i) {} } class A { void m(Object o) { if (o instanceof Q Runtime) {"
                        + " Runtime.exit(1); } } }",
                "class Q { void exec(String s) {} void exit(int i) {} } class A { void m(Q Runtime, int k) {"
                        + " java.util.function.Consumer<String> c = Runtime::exec; c.accept(\"\"); switch (k) { case 1: Q System ="
                        + " new Q(); break; case 2: System = new Q(); System.exit(2); } } }",
                "class A { char c = '\\u0000'; }",
                "import java.io.*; class A { String m(Throwable t) { StringWriter s = new StringWriter(); try (PrintWriter w ="
                        + " new PrintWriter(s)) { t.printStackTrace(w); } return s.toString(); } }",
                "interface Timer extends AutoCloseable { void close(); } class A { void m(Timer t) { try (Timer own = t) {"
                        + " own.hashCode(); } } }",
                "class A { String m(byte[] b) { return java.util.Base64.getEncoder().encodeToString(b)"
                        + " + java.util.HexFormat.of().formatHex(b); } }",
                "class A { boolean m(Object o) { return Number.class.isAssignableFrom(o.getClass()); } }",
                "enum A { UP, DOWN; int sign() { assert ordinal() >= 0; return switch (this) { case UP -> 1; case DOWN -> -1;"
                        + " }; } static A[] all() { return values().clone(); } }",
                "sealed interface A permits A.B, A.C { record B(double x) implements A {} record C() implements A {}"
                        + " static double of(A a) { return a instanceof B b ? b.x() : 0; } }",
                "class A { String m(double... v) { var t = new StringBuilder(); for (double d : v) {"
                        + " t.append(String.format(java.util.Locale.ROOT, \"%.2f\", d)); } return t.toString(); } }",
                "import java.util.*; import java.util.stream.*; class A { Map<Boolean, List<Integer>> m() { return"
                        + " IntStream.range(0, 9).boxed().sorted(Comparator.reverseOrder())"
                        + ".collect(Collectors.partitioningBy(i -> i > 3)); } }",
                "import java.time.*; class A { boolean m(ZonedDateTime t) { return"
                        + " Duration.between(t, t.plusDays(1)).toHours() == 24 && t.toLocalDate().isLeapYear(); } }",
                "import org.ta4j.core.*; import org.ta4j.core.indicators.*; import org.ta4j.core.indicators.helpers.*;"
                        + " import org.ta4j.core.num.Num; class A extends CachedIndicator<Num> { private final"
                        + " ClosePriceIndicator c; A(BarSeries s) { super(s); c = new ClosePriceIndicator(s); }"
                        + " protected Num calculate(int i) { return c.getValue(i).max(c.getValue(Math.max(0, i - 1))); }"
                        + " public int getUnstableBars() { return 0; } }",
                "import org.ta4j.core.*; import org.ta4j.core.rules.*; class A extends AbstractRule { public boolean"
                        + " isSatisfied(int i, TradingRecord r) { boolean s = i % 2 == 0; traceIsSatisfied(i, s);"
                        + " return s; } }",
                "import org.ta4j.core.*; import org.ta4j.core.indicators.helpers.*; class A { Object m(BarSeries s) { return"
                        + " TransformIndicator.log(new ClosePriceIndicator(s)).getValue(0); } }",
                "import java.util.concurrent.*; class A { ConcurrentNavigableMap<Long, String> m() { return new"
                        + " ConcurrentSkipListMap<Long, String>().headMap(9L); } }",
                "import java.util.*; class A { String m(StringBuilder b) { return new Formatter(b, Locale.ROOT).format(\"%.2f\","
                        + " 1.5).toString(); } }",
                "import java.lang.annotation.*; class A { @Documented @Inherited @Retention(RetentionPolicy.RUNTIME)"
                        + " @Target({ElementType.METHOD, ElementType.TYPE}) @interface Fast {} @Fast void m() {} }",
                "class A implements Cloneable { A copy() { try { return (A) super.clone(); } catch"
                        + " (CloneNotSupportedException e) { throw new InternalError(e); } } }",
                "import java.util.*; class A { static class Turn extends EventObject { Turn(Object o) { super(o); } }"
                        + " interface Turns extends EventListener { void turned(Turn turn); }"
                        + " Turns turns = turn -> System.out.println(turn.getSource()); }",
                "import java.util.*; class A { int[] seen = new int[1]; void m(int... v) {"
                        + " Spliterator.OfInt s = Arrays.spliterator(v); s.forEachRemaining((int i) -> seen[0] += i); } }",
                "class A { String m() { return A.class.getCanonicalName(); } }",
                "class A {} // 1\uFE0F\u20E3 the mean \uD83D\uDC68\uD83C\uDFFD\u200D\uD83D\uDCBB \u2764\uFE0F\u200D\uD83D\uDD25",
                "interface Sized { int size(); boolean isEmpty(); } class A extends java.util.ArrayList<String> implements"
                        + " Sized { boolean m(Sized s) { return s.size() > 0 && !s.isEmpty(); } }",
            })
    void computingIsAccepted(String source) {
        assertThat(refusals(Map.of("A.java", source))).isEmpty();
    }

    @Test
    void aClassOfOnesOwnMayHaveTheNameOfADangerousOne() {
        assertThat(refusals(Map.of(
                        "Process.java",
                        "public class Process { double mean; }",
                        "A.java",
                        "class A { double m() { Process p = new Process(); return p.mean; } }")))
                .isEmpty();
    }

    /** What looks like a dangerous name to a reader in a hurry, and to a check that guesses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { void exit(int code) {} void m() { exit(1); this.exit(2); } }",
                "class A { static class System { static void exit(int i) {} } void m() { System.exit(1); } }",
                "class A { A system; void exit(int i) {} void m(A runtime) { system.exit(1); runtime.exit(2); } }",
                "class A { static class Runtime { Runtime getRuntime() { return this; } void exec(String s) {} }"
                        + " void m(Runtime r) { r.getRuntime().exec(\"x\"); var s = r; s.exec(\"y\"); } }",
                "class A<Process> { Process p; Process m(Process q) { p = q; return p; } }",
                "class A { <File, Thread extends Number> int m(File f, Thread t) { return t.intValue(); } }",
                "class A { enum File { OPEN; void delete() {} } void m() { File.OPEN.delete(); } }",
                "class A { record Socket(int port) {} int m() { return new Socket(1).port(); } }",
                "class A { interface Timer { void start(); } void m(Timer t) { t.start(); Timer.class.getName(); } }",
                "class A { static class B { static class Files { static void delete(int i) {} } } static class C extends B {"
                        + " void m() { Files.delete(1); } } }",
                "class A { void m() { record Thread(int i) { void start() {} } new Thread(1).start(); } }",
                "class Outer { class Runtime { int exec() { return 1; } } } class A { int m(Outer o) { Outer.Runtime r ="
                        + " o.new Runtime(); return r.exec() + o.new Runtime().exec(); } }",
                "class Q { static void exit(int i) {} } class A { void m(Object o) { for (; !(o instanceof Q Runtime); o = new"
                        + " Q()) {} Runtime.exit(1); } }",
                "class A { int Runtime = 1; int m() { return Runtime + this.Runtime; } }",
                "class A { String java = \"\"; int m() { return java.length(); } }",
                "class A { static class B extends java.util.AbstractList<A> { public A get(int i) { return null; } public int"
                        + " size() { return 0; } void load(String s) {} } void m(B b) { b.load(\"x\"); b.stream().count(); } }",
                "class A { interface Sorted { java.util.stream.Stream<String> parallelStream(); } void m(Sorted s) {"
                        + " s.parallelStream(); } }",
                "class A { java.util.stream.Stream<A> parallel() { return java.util.stream.Stream.of(this); } void m(A a) {"
                        + " a.parallel().map(A::parallel).forEach(s -> s.count()); } }",
                "class A { void wait(String s) {} void notify(int i) {} void m() { wait(\"x\"); notify(1); } }",
                "class A { String intern() { return \"\"; } String m() { return intern() + this.intern(); } }",
                "class A { int load(String s) { return 1; } int m(java.util.List<A> l) { return l.get(0).load(\"x\"); } }",
                "class A { void m(Object o) { if (o instanceof StringBuilder x) { x.append(1); } } int x; int k() {"
                        + " return x; } }",
                "class A { void m(java.util.Map<String, Integer> m, java.util.concurrent.ConcurrentHashMap<String, Integer> c) {"
                        + " m.forEach((k, v) -> {}); c.forEach((k, v) -> {}); } }",
                "class A { void m(java.io.Writer w) { new java.io.PrintWriter(w).println(1);"
                        + " System.out.println(new java.util.Scanner(\"1\").nextInt()); } }",
                "class A { java.util.function.Function<java.io.Writer, java.io.PrintWriter> f = java.io.PrintWriter::new; }",
                "class A { java.util.function.Supplier<java.util.Formatter> f = java.util.Formatter::new; }",
                "class A { int m(String s) { return Integer.parseInt(s) + Integer.valueOf(s).intValue(); } }",
                "class A { String m(A a) { return a.getClass().getSimpleName() + String.class.getName(); } }",
                "class A { class B extends A { int size; } B b; int m() { return b.b.b.size; } }",
                "class A { static class Box<T> { T v; } int m(Box<? extends Box<String>> b) { return b.v.v.length(); } }",
                "class A { void m(boolean b, String s, Integer i) { (b ? s : i).hashCode(); var x = b ? s : i; x.toString(); } }",
                "import org.ta4j.core.backtest.*; import org.ta4j.core.*; class A { TradingRecord m(BarSeries s, Strategy t) {"
                        + " return new BarSeriesManager(s).run(t); } }",
            })
    void whatOnlyLooksDangerousIsAccepted(String source) {
        assertThat(refusals(Map.of("A.java", source))).isEmpty();
    }

    @Test
    void aClassOfAnotherFileMayShadowALibrary() {
        assertThat(refusals(Map.of(
                        "p/Base.java",
                        "package p; public class Base { protected static class Thread { public void start() {} }"
                                + " protected int exit(int i) { return i; } }",
                        "p/Runtime.java",
                        "package p; class Runtime { static Runtime getRuntime() { return new Runtime(); } void halt(int i) {} }",
                        "q/A.java",
                        "package q; class A extends p.Base { int m(Thread t) { t.start(); return exit(1); } }",
                        "p/B.java",
                        "package p; import java.util.*; class B { void m() { Runtime.getRuntime().halt(1); } }")))
                .isEmpty();
    }

    @Test
    void aStaticImportOfANestedClassShadowsALibrary() {
        assertThat(refusals(Map.of(
                        "a/B.java",
                        "package a; public class B { public static class Runtime { public static Runtime getRuntime() { return"
                                + " new Runtime(); } public void exec(String s) {} } }",
                        "A.java",
                        "import static a.B.Runtime; class A { void m() { Runtime.getRuntime().exec(\"x\"); } }")))
                .isEmpty();
    }

    /** The parser does not know local enums; what the file declares beside one is not taken for a library's. */
    @Test
    void aClassOfAFileThatIsNotUnderstoodMayShadowALibrary() {
        assertThat(refusals(Map.of(
                        "Files.java",
                        "class Files { void m() { enum Side { LONG } Side.LONG.name(); } }"
                                + " class Process { static void exit(int i) {} }",
                        "A.java",
                        "class A extends Files { void m(Files f) { f.m(); Process.exit(1); } }")))
                .isEmpty();
    }

    @Test
    void anAnonymousStrategyIsNoSecondEntry() {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of(
                "A.java",
                "import io.strategysandbox.api.*; import org.ta4j.core.*; public class A implements TradingStrategy {"
                        + " static final TradingStrategy FLAT = new TradingStrategy() { public double onBar(BarSeries b)"
                        + " { return 0; } }; public double onBar(BarSeries b) { return FLAT.onBar(b); } }"));
        assertThat(EntryPoints.find(InMemoryCompiler.compile(sources), Optional.empty()))
                .isEqualTo(new EntryPoints.Found("A"));
    }

    private static List<Finding> refusals(Map<String, String> texts) {
        List<SourceFile> sources = InMemoryCompiler.sources(texts);
        CompiledClasses classes = InMemoryCompiler.compile(sources);
        return VALIDATOR.checkSources(sources).and(VALIDATOR.checkClasses(classes, sources)).findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.DENY)
                .toList();
    }
}
