package io.strategysandbox.core;

import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.report.ValidationEntry;
import io.strategysandbox.core.report.ValidationJson;
import io.strategysandbox.core.report.ValidationSarif;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.validation.SecurityValidator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A fixed set of sources, and what one shared validator says about them on so many threads at once. */
final class ValidationSamples {

    private static final Map<String, Map<String, String>> SAMPLES = samples();

    private ValidationSamples() {}

    /**
     * Writes the reports.
     *
     * @param args the number of threads; the folder to write to
     */
    public static void main(String[] args) throws Exception {
        write(validate(Integer.parseInt(args[0])), Path.of(args[1]));
    }

    private static void write(List<ValidationEntry> entries, Path folder) throws IOException {
        Files.write(folder.resolve("validation.json"), json(entries));
        Files.write(folder.resolve("validation.sarif"), sarif(entries));
    }

    static byte[] json(List<ValidationEntry> entries) {
        return ValidationJson.of(entries);
    }

    static byte[] sarif(List<ValidationEntry> entries) {
        return ValidationSarif.of(entries, Path.of("/samples"), "1.0.0");
    }

    static List<ValidationEntry> validate(int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (StrategyCompiler compiler =
                StrategyCompiler.open(ConfigLoader.defaults().sandbox().compiler(), List.of())) {
            Admission admission = new Admission(SecurityValidator.create(), compiler, ValidationMode.ENFORCE);
            List<Callable<ValidationEntry>> looks = new ArrayList<>();
            SAMPLES.forEach((name, files) -> looks.add(() -> look(admission, name, files)));
            List<ValidationEntry> entries = new ArrayList<>();
            for (Future<ValidationEntry> look : pool.invokeAll(looks)) {
                entries.add(look.get());
            }
            return entries;
        } finally {
            pool.shutdownNow();
        }
    }

    private static ValidationEntry look(Admission admission, String name, Map<String, String> files)
            throws InterruptedException {
        List<SourceFile> sources = files.entrySet().stream()
                .map(file -> SourceFile.of(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new ValidationEntry(name, name, List.copyOf(files.keySet()), admission.report(sources));
    }

    private static Map<String, Map<String, String>> samples() {
        Map<String, Map<String, String>> samples = new TreeMap<>();
        dangerous(samples);
        honest(samples);
        warned(samples);
        broken(samples);
        return samples;
    }

    private static void one(Map<String, Map<String, String>> samples, String name, String text) {
        samples.put(name, Map.of("A.java", text));
    }

    private static void dangerous(Map<String, Map<String, String>> samples) {
        one(samples, "exits", "class A { static { System.exit(1); } }");
        one(samples, "many-dangers", """
                import java.io.*;
                import java.net.*;
                class A {
                    Object a() throws Exception { return new ProcessBuilder("x").start(); }
                    Object b() throws Exception { return new FileInputStream("x"); }
                    Object c() throws Exception { return new URL("http://x").openStream(); }
                    Object d() throws Exception { return Class.forName("x").getMethods(); }
                    Object e() { return System.getenv(); }
                    Object f() { return new Thread(() -> Runtime.getRuntime().halt(2)); }
                    Object g() { return ClassLoader.getSystemClassLoader(); }
                }
                """);
        one(
                samples,
                "many-classes",
                IntStream.range(0, 25)
                        .mapToObj(i -> "class C" + i + " { Object m() { return "
                                + (i % 3 == 0 ? "Runtime.getRuntime()" : "\"c\" + " + i)
                                + "; } class D { Runnable r = () -> System.setProperty(\"a\", \"b\" + " + i
                                + "); } }\n")
                        .collect(Collectors.joining()));
        one(
                samples,
                "too-many-findings",
                IntStream.range(0, 300)
                        .mapToObj(i -> "  void m" + i + "() { System.exit(" + i + "); }\n")
                        .collect(Collectors.joining("", "class A {\n", "}\n")));
        one(samples, "hidden-text", "class A { int a\u200Bb = 1; /* \u202E */ String s = \"\\u0041\"; }");
        one(samples, "method-reference", "class A { java.util.function.IntConsumer c = System::exit; }");
        one(
                samples,
                "dangerous-in-a-lambda-of-an-enum",
                "enum A { X { Object o() { return (Runnable) () -> new java.io.File(\"x\").delete(); } }; abstract Object o(); }");
        samples.put(
                "two-files",
                new TreeMap<>(
                        Map.of(
                                "p/A.java",
                                        "package p; public class A { public static void end() { Runtime.getRuntime().exit(1); } }",
                                "q/B.java",
                                        "package q; class B { void m() { p.A.end(); java.lang.reflect.Array.newInstance(B.class, 1); } }")));
    }

    private static void honest(Map<String, Map<String, String>> samples) {
        one(samples, "switches", """
                class A {
                    enum Side { LONG, SHORT, FLAT }
                    sealed interface Shape permits Round, Flat {}
                    record Round(double r) implements Shape {}
                    record Flat(String name, int... sides) implements Shape {}
                    int a(Side s) { return switch (s) { case LONG -> 1; case SHORT -> -1; case FLAT -> 0; }; }
                    int b(String s) { switch (s) { case "a": return 1; case "b": return 2; default: return 0; } }
                    double c(Shape s) { return s instanceof Round x && x.r() > 0 ? x.r() : s.hashCode() * 0; }
                    String d(int i, Object o, char c, double x) { return "a" + i + o + c + x + "\\1" + 'z' + 1L; }
                }
                """);
        one(samples, "closures", """
                import java.util.*;
                import java.util.function.*;
                import java.util.stream.*;
                class A<T extends Comparable<T>> {
                    interface Named { default String name() { return getClass().getSimpleName(); } }
                    Supplier<List<T>> a = ArrayList::new;
                    Function<T, IntFunction<T[]>> b = t -> n -> null;
                    Map<Boolean, List<Integer>> c() {
                        int k = 3;
                        return IntStream.range(0, 9).boxed().collect(Collectors.partitioningBy(i -> i > k));
                    }
                    Comparator<T> d() { return Comparator.<T>naturalOrder().reversed().thenComparing(Function.identity()); }
                    Object e() { class Local implements Named {} return new Local() { @Override public String name() { return "x"; } }; }
                    void f() { try (java.io.StringReader r = new java.io.StringReader("x")) { assert r.read() > 0; }
                        catch (java.io.IOException | IllegalStateException x) { throw new AssertionError(x); } }
                }
                """);
        one(samples, "strategy", """
                import io.strategysandbox.api.TradingStrategy;
                import org.ta4j.core.BarSeries;
                import org.ta4j.core.indicators.*;
                import org.ta4j.core.indicators.helpers.*;
                public class A implements TradingStrategy {
                    @Override public double onBar(BarSeries history) {
                        int end = history.getEndIndex();
                        var fast = new SMAIndicator(new ClosePriceIndicator(history), 10).getValue(end);
                        return fast.isGreaterThan(history.getBar(end).getClosePrice()) ? 1 : 0;
                    }
                }
                """);
    }

    private static void warned(Map<String, Map<String, String>> samples) {
        one(
                samples,
                "endless",
                "class A { void m() { while (true) { } } void n() { for (;;) { int[] a = new int[1 << 29]; } } }");
        one(
                samples,
                "time-of-day",
                "class A { long m() { return System.nanoTime() + java.util.Set.of(1, 2).hashCode(); } }");
        one(samples, "parser-gives-up", "class A { Object m() { return " + "(Object)\n".repeat(4_000) + " null; } }");
        one(
                samples,
                "newer-than-the-parser",
                "class A { void m() { enum Side { LONG } System.out.println(Side.LONG); } }");
    }

    private static void broken(Map<String, Map<String, String>> samples) {
        one(samples, "type-error", "class A {\n  int x = \"text\";\n  String s = 1;\n  void m() { n(); x.y(); }\n}\n");
        one(samples, "syntax-error", "class A {\n  int x = ;\n  void m( { }\n");
        one(samples, "no-such-class", "import a.b.C;\nclass A extends D implements E { C c; F<G> f; }\n");
        one(
                samples,
                "no-such-overload",
                "class A { void m() { Math.max(\"a\", 1, 2); new java.util.ArrayList<String>().add(1); } }");
        one(
                samples,
                "newer-java",
                "class A { int m(Object o) { return switch (o) { case Integer i -> i; default -> 0; }; } }");
        one(samples, "twice", "class A {} class A {} interface B { void m() { } }");
        one(
                samples,
                "unreachable",
                "class A { int m() { return 1; m(); } int n() { } final int f; void g() throws Exception { throw new Exception(); } void h() { g(); } }");
        one(samples, "deep", "class A { int x = " + ("1 + ".repeat(1_000) + "\n").repeat(20) + "1; }");
        one(samples, "empty", "");
    }
}
