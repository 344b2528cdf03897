package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.validation.DangerousOperations.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dangerous operation in every disguise. */
class DangerMatrixTest {

    private static final SecurityValidator VALIDATOR = SecurityValidator.create();

    private static final String MARK = "/*here*/";

    /** Places to hide a statement, one a line: a name, then the code; the class is written %C, the statement %S. */
    private static final String PLACES = """
            Method class %C { void m() { %S } }
            StaticMethod class %C { static void m() { %S } }
            Lambda class %C { Runnable r = () -> { %S }; }
            NestedLambda class %C { java.util.function.Supplier<Runnable> r = () -> () -> { %S }; }
            StaticInitialiser class %C { static { %S } }
            InstanceInitialiser class %C { { %S } }
            Constructor class %C { %C() { %S } }
            Anonymous class %C { Object o = new Object() { @Override public String toString() { %S return null; } }; }
            Nested class %C { static class N { void m() { %S } } }
            Inner class %C { class N { class K { void m() { %S } } } }
            Local class %C { void m() { class L { void k() { %S } } new L().k(); } }
            EnumConstant enum %C { A { void m() { %S } }; void m() {} }
            EnumConstructor enum %C { A; %C() { %S } }
            DefaultMethod interface %C { default void m() { %S } }
            PrivateInterfaceMethod interface %C { private void m() { %S } default void k() { m(); } }
            StaticInterfaceMethod interface %C { static void m() { %S } }
            InterfaceField interface %C { Runnable R = new Runnable() { public void run() { %S } }; }
            RecordConstructor record %C(int a) { %C { %S } }
            RecordAccessor record %C(int a) { public int a() { %S return a; } }
            Generic class %C<T extends Comparable<T>> { <S extends T> S m(S s) { %S return s; } }
            SwitchRule class %C { void m(String s) { switch (s) { case "a" -> { %S } default -> {} } } }
            SwitchValue class %C { int m(int s) { return switch (s) { case 1 -> { %S yield 1; } default -> 0; }; } }
            CatchBlock class %C { void m() { try { m(); } catch (RuntimeException e) { %S } } }
            FinallyBlock class %C { void m() { try { m(); } finally { %S } } }
            Loop class %C { void m() { for (int i = 0; i < 2; i++) { do { %S } while (i > 3); } } }
            PatternMatch class %C { void m(Object o) { if (o instanceof String s && s.isEmpty()) { %S } } }
            AfterReturn class %C { void m(boolean b) { if (b) { return; } %S } }
            CompareTo class %C implements Comparable<%C> { public int compareTo(%C o) { %S return 0; } }
            StreamStep class %C { void m() { java.util.stream.Stream.of(1).map(i -> { %S return i; }).count(); } }
            Synchronised class %C { void m() { synchronized (this) { %S } } }
            Suppressed @SuppressWarnings("all") class %C { @SuppressWarnings({"all", "security"}) void m() { %S } }
            """;

    private static final Pattern CLASS_NAME =
            Pattern.compile("((?:java|javax|org|sun)(?:[.][a-z0-9]+)+)[.]([A-Z]\\w*)");
    private static final Pattern STATIC_CALL =
            Pattern.compile("^((?:java|javax|org)(?:[.][a-z0-9]+)+[.][A-Z]\\w*)[.]([a-z]\\w*)(\\(.*)$");

    static Stream<Operation> operations() {
        return DangerousOperations.ALL.stream();
    }

    /** The class files alone must refuse it: the source layers are a help for readers. */
    @ParameterizedTest
    @MethodSource("operations")
    void classFilesAloneRefuseEveryDisguise(Operation operation) {
        List<SourceFile> sources = disguises(operation);
        CompiledClasses classes = InMemoryCompiler.compile(sources);
        List<String> missed = new ArrayList<>();
        for (SourceFile source : sources) {
            ValidationReport report = VALIDATOR.checkClasses(only(classes, source), List.of(source));
            if (!denies(report, operation, source)) {
                missed.add(source.path() + " " + report.findings());
            }
        }
        assertThat(missed).isEmpty();
    }

    /** The source layers help readers and may miss what they are not sure about, such as a call on the result of a call. */
    @Test
    void sourcesAloneRefuseMostDisguises() {
        List<String> missed = new ArrayList<>();
        int all = 0;
        for (Operation operation : DangerousOperations.ALL) {
            for (SourceFile source : disguises(operation)) {
                all++;
                if (!denies(VALIDATOR.checkSources(List.of(source)), operation, source)) {
                    missed.add(operation + " in " + source.path());
                }
            }
        }
        assertThat(all).isGreaterThan(2_500);
        assertThat(missed)
                .as("at most three in ten of %d disguises are missed", all)
                .hasSizeLessThan(all * 3 / 10);
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
                "class A { void m() { new java.io.PrintWriter(System.out).close(); } }",
                "class A { void m() throws Exception { java.io.Writer w = new java.io.PrintWriter(System.out); w.close(); } }",
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
    private static boolean denies(ValidationReport report, Operation operation, SourceFile source) {
        String[] lines = new String(source.bytes(), StandardCharsets.UTF_8).split("\n", -1);
        return report.findings().stream()
                .anyMatch(finding -> finding.severity() == Finding.Severity.DENY
                        && finding.category() == operation.category()
                        && finding.path().equals(source.path())
                        && finding.line() > 0
                        && lines[finding.line() - 1].contains(MARK));
    }

    private static List<SourceFile> disguises(Operation operation) {
        Map<String, String> texts = new TreeMap<>();
        PLACES.lines().forEach(place -> {
            String name = "At" + place.substring(0, place.indexOf(' '));
            texts.put(name + ".java", write("", name, place, operation.statement()));
        });
        String method = PLACES.lines().findFirst().orElseThrow();
        imported(operation.statement(), "import %s.%s;")
                .ifPresent(code -> texts.put("ByImport.java", write(code.get(0), "ByImport", method, code.get(1))));
        imported(operation.statement(), "import %s.*;")
                .ifPresent(code -> texts.put("ByWildcard.java", write(code.get(0), "ByWildcard", method, code.get(1))));
        staticallyImported(operation.statement(), true)
                .ifPresent(code -> texts.put("ByStatic.java", write(code.get(0), "ByStatic", method, code.get(1))));
        staticallyImported(operation.statement(), false)
                .ifPresent(code -> texts.put("ByStatics.java", write(code.get(0), "ByStatics", method, code.get(1))));
        return InMemoryCompiler.sources(texts);
    }

    private static String write(String header, String name, String place, String statement) {
        String tried = "\ntry { boolean yes = true; if (yes) {\n" + MARK + " " + statement
                + "\n} } catch (Throwable any) { }\n";
        return header + "\n"
                + place.substring(place.indexOf(' ') + 1).replace("%C", name).replace("%S", tried)
                + "\n";
    }

    private static Optional<List<String>> imported(String statement, String declaration) {
        Matcher matcher = CLASS_NAME.matcher(statement);
        return matcher.find()
                ? Optional.of(List.of(
                        MARK + declaration.formatted(matcher.group(1), matcher.group(2)),
                        statement.replace(matcher.group(), matcher.group(2))))
                : Optional.empty();
    }

    private static Optional<List<String>> staticallyImported(String statement, boolean named) {
        Matcher matcher = STATIC_CALL.matcher(statement);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String member = named ? matcher.group(2) : "*";
        return Optional.of(List.of(
                MARK + "import static " + matcher.group(1) + "." + member + ";", matcher.group(2) + matcher.group(3)));
    }

    private static CompiledClasses only(CompiledClasses classes, SourceFile source) {
        String name = source.path().substring(0, source.path().length() - ".java".length());
        Map<String, byte[]> mine = new TreeMap<>();
        for (String candidate : classes.names()) {
            if (candidate.equals(name) || candidate.startsWith(name + "$")) {
                mine.put(candidate, classes.bytes(candidate));
            }
        }
        return CompiledClasses.of(mine);
    }
}
