package io.strategysandbox.core.compilation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.config.LearningSystemConfig.Compiler;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.testing.BusyProcessors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With the real worker, in a process of its own. */
@Timeout(180)
class StrategyCompilerTest {

    private static final Compiler LIMITS = new Compiler(128L << 20, Duration.ofSeconds(60));
    private static final String GOOD = "class A { int m() { return 1; } }";

    /** Each level doubles the ways up to the first. */
    private static final String BUSY = IntStream.rangeClosed(1, 40)
            .mapToObj(i -> String.format(
                    "interface L%1$d extends L%2$d, R%2$d {} interface R%1$d extends L%2$d, R%2$d {}\n", i, i - 1))
            .collect(Collectors.joining("", "interface L0 {} interface R0 {}\n", "class A implements L40, R40 {}"));

    private static final String HONEST = """
            interface Shape# { double area(); default double twice() { return 2 * area(); } static Shape# of(double d) { return () -> d; } }
            record Pair#<T extends Comparable<T>>(T x, List<? extends T> l) implements Comparable<Pair#<T>> {
                Pair# { Objects.requireNonNull(x); l = List.copyOf(l); }
                public int compareTo(Pair#<T> o) { return x.compareTo(o.x); } }
            enum Op# implements DoubleBinaryOperator {
                PLUS("+") { public double applyAsDouble(double a, double b) { return a + b; } },
                MINUS("-") { public double applyAsDouble(double a, double b) { return a - b; } };
                final String sign; Op#(String sign) { this.sign = sign; }
                static final Map<String, Op#> BY = Arrays.stream(values()).collect(Collectors.toMap(o -> o.sign, Function.identity())); }
            class Lru#<K, V> extends LinkedHashMap<K, V> { Lru#() { super(16, .75f, true); }
                @Override protected boolean removeEldestEntry(Map.Entry<K, V> e) { return size() > 3; } }
            class Go# {
                private int[] seen = {1, 2, 3}; class In { int y = seen[0]++; class In2 { int z = seen[1] + In.this.y; } }
                @SafeVarargs static <T> List<T> list(T... t) { return new ArrayList<>(Arrays.asList(t)); }
                Object run() { StringBuilder b = new StringBuilder(); var v = new int[][] {{1}, {2, 3}}; int s = 0;
                    outer: for (int[] w : v) for (int q : w) { if (q == 3) break outer; s += q; }
                    Object o = new Pair#<>(1, list(1, 2)); if (o instanceof Pair#<?> p && s > 0) b.append(p.l().size());
                    String joined = IntStream.rangeClosed(1, 5).mapToObj(Integer::toString).collect(Collectors.joining(","));
                    String both = Stream.of("a", "bb", joined).collect(Collectors.teeing(Collectors.counting(),
                            Collectors.summingInt(String::length), (c, d) -> c + ":" + d)); b.append(both);
                    PriorityQueue<long[]> queue = new PriorityQueue<>(Comparator.<long[]>comparingLong(a -> a[0]).reversed()
                            .thenComparing(a -> a[1])); queue.add(new long[] {1, 2});
                    Map<String, List<Integer>> m = new TreeMap<>(); m.computeIfAbsent("k", k -> new ArrayList<>()).add(1);
                    m.merge("k", List.of(2), (x, y) -> { List<Integer> z = new ArrayList<>(x); z.addAll(y); return z; });
                    b.append(m.entrySet().stream().sorted(Map.Entry.<String, List<Integer>>comparingByKey().reversed())
                            .map(e -> e.getKey() + e.getValue()).toList());
                    LocalDate day = LocalDate.of(2020, 1, 31).plusMonths(1); b.append(day.getDayOfWeek());
                    int w = switch (both.length()) { case 1, 2 -> 3; default -> { int q = 1; yield q; } };
                    Iterator<Integer> it = new Iterator<>() { int i; public boolean hasNext() { return i < 3; }
                        public Integer next() { if (!hasNext()) throw new NoSuchElementException(); return i++; } };
                    try { b.append(Op#.BY.get("+").applyAsDouble(w, it.next())); }
                    catch (IllegalStateException | NoSuchElementException e) { b.append(e.getMessage()); } finally { s++; }
                    return Optional.of("x").map(String::toUpperCase).filter(z -> z.length() == 1).or(Optional::empty); } }
            """;

    private final Set<Long> before = new HashSet<>();
    private StrategyCompiler compiler = StrategyCompiler.open(LIMITS, List.of());

    @BeforeEach
    void rememberProcesses() {
        ProcessHandle.current().children().map(ProcessHandle::pid).forEach(before::add);
    }

    @AfterEach
    void close() throws Exception {
        List<ProcessHandle> left = workers();
        compiler.close();
        for (ProcessHandle worker : left) {
            worker.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void errorsComeBackWithTheirPlaceAndTheWorkerGoesOn() throws InterruptedException {
        CompilationResult result =
                compile(Map.of("A.java", GOOD, "pkg/B.java", "package pkg;\nclass B {\n  int x = \"text\";\n}\n"));
        assertThat(((CompilationResult.Failed) result).messages())
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.path()).isEqualTo("pkg/B.java");
                    assertThat(message.line()).isEqualTo(3);
                    assertThat(message.column()).isEqualTo(11);
                    assertThat(message.message()).contains("String cannot be converted to int");
                });
        List<ProcessHandle> workers = workers();
        assertCompiles();
        assertThat(workers()).isEqualTo(workers).hasSize(1);
    }

    @Test
    void noAnnotationProcessorRuns() throws InterruptedException {
        CompilationResult result = compile(Map.of(
                "META-INF/services/javax.annotation.processing.Processor.java",
                "class Unused {}",
                "P.java",
                "import java.util.*; import javax.annotation.processing.*; import javax.lang.model.element.*;"
                        + " @SupportedAnnotationTypes(\"*\") public class P extends AbstractProcessor { static { if (true)"
                        + " throw new Error(\"ran\"); } public boolean process(Set<? extends TypeElement> a,"
                        + " RoundEnvironment r) { throw new Error(\"ran\"); } }"));
        assertThat(result).isInstanceOf(CompilationResult.Compiled.class);
    }

    @Test
    void nothingOfTheHostCanBeNamedButTheLibraries() throws InterruptedException {
        for (String foreign : List.of(
                "org.junit.jupiter.api.Test", "com.github.dockerjava.api.DockerClient", "org.yaml.snakeyaml.Yaml")) {
            assertThat(compile(Map.of("A.java", "class A { " + foreign + " x; }")))
                    .as(foreign)
                    .isInstanceOf(CompilationResult.Failed.class);
        }
        assertThat(compile(Map.of("A.java", "class A { " + StrategyCompilerTest.class.getName() + " x; }")))
                .isInstanceOf(CompilationResult.Failed.class);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a process's environment is read from /proc")
    void theWorkerHasNoEnvironment() throws Exception {
        assertCompiles();
        assertThat(System.getenv()).isNotEmpty();
        assertThat(Files.readAllBytes(Path.of("/proc/" + workers().get(0).pid() + "/environ")))
                .isEmpty();
    }

    @Test
    void sourcesThatKeepJavacBusyEndAfterSoMuchProcessorTimeAndTheNextOnesCompile() throws Exception {
        open(new Compiler(128L << 20, Duration.ofSeconds(30)));
        assertCompiles();
        ProcessHandle worker = workers().get(0);
        long start = System.nanoTime();
        CompilationResult result = compile(Map.of("A.java", BUSY));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(onlyMessage(result)).contains("more than 1000 ms of processor time", "sandbox.compiler.timeout");
        worker.onExit().get(30, TimeUnit.SECONDS);
        assertCompiles();
        assertThat(workers()).hasSize(2).doesNotContain(worker);
    }

    /** What takes its place began well before the kill. */
    @Test
    void afterAKillTheNextSourcesDoNotWaitForTheWholeStartOfAnotherProcess() throws Exception {
        assertCompiles();
        for (int i = 0; i < 3; i++) {
            assertThat(onlyMessage(compile(Map.of("A.java", BUSY)))).contains("was killed");
            Instant killed = Instant.now();
            awaitWorkers(1);
            assertThat(workers().get(0).info().startInstant().orElseThrow()).isBefore(killed.minusMillis(500));
        }
        assertCompiles();
        awaitWorkers(2);
    }

    /** What was killed takes a moment to end. */
    private void awaitWorkers(int most) throws InterruptedException {
        while (workers().size() > most) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void whatIsPreparedIsOneProcessAndServesTheNextSources() throws InterruptedException {
        compiler.prepare();
        compiler.prepare();
        List<ProcessHandle> prepared = workers();
        assertThat(prepared).hasSize(1);
        assertCompiles();
        compiler.prepare();
        assertThat(workers()).isEqualTo(prepared);
        compiler.close();
        compiler.prepare();
        assertThat(workers()).doesNotHaveDuplicates().isSubsetOf(prepared);
    }

    @Test
    void honestSourcesOf50KilobytesCompileOnAColdCompilerWhileAllProcessorsAreBusy() throws Exception {
        String source = honest(50 << 10);
        assertThat(BusyProcessors.during(() -> compile(Map.of("A.java", source))))
                .isInstanceOf(CompilationResult.Compiled.class);
    }

    @Test
    void theClockEndsWhatTakesLittleProcessorTime() throws Exception {
        open(new Compiler(128L << 20, Duration.ofMillis(1)));
        assertThat(onlyMessage(compile(Map.of("A.java", GOOD)))).contains("or 1 ms in all");
    }

    @Test
    void constantsThatDoubleEndBoundedAndTheNextSourcesCompile() throws InterruptedException {
        String doubling = IntStream.rangeClosed(1, 31)
                .mapToObj(i -> "static final String S" + i + " = S" + (i - 1) + " + S" + (i - 1) + ";")
                .collect(Collectors.joining("\n"));
        CompilationResult result =
                compile(Map.of("A.java", "class A { static final String S0 = \"x\";\n" + doubling + "}"));
        assertThat(result).isInstanceOf(CompilationResult.Failed.class);
        assertCompiles();
    }

    @Test
    void deepExpressionsEndBoundedAndTheNextSourcesCompile() throws InterruptedException {
        CompilationResult result = compile(Map.of("A.java", "class A { int x = " + "1 + ".repeat(100_000) + "1; }"));
        assertThat(onlyMessage(result)).contains("ran out of stack");
        assertCompiles();
    }

    @Test
    void aWorkerThatIsKilledWhileIdleIsReplaced() throws Exception {
        assertCompiles();
        ProcessHandle worker = workers().get(0);
        worker.destroyForcibly();
        worker.onExit().get(30, TimeUnit.SECONDS);
        assertCompiles();
        assertThat(workers()).hasSize(1).doesNotContain(worker);
    }

    @Test
    void aWorkerThatIsKilledAtWorkIsReplacedOnceAndItsSourcesAreNotBlamed() throws Exception {
        assertCompiles();
        ProcessHandle first = workers().get(0);
        Thread killer = new Thread(() -> first.destroyForcibly());
        List<CompilationResult> results = new ArrayList<>();
        Thread compiling = new Thread(() -> {
            try {
                results.add(compile(Map.of("A.java", manyMethods(6_000))));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Duration idle = first.info().totalCpuDuration().orElseThrow();
        compiling.start();
        while (first.info().totalCpuDuration().orElse(idle).equals(idle) && compiling.isAlive()) {
            Thread.onSpinWait();
        }
        killer.start();
        compiling.join();
        assertThat(first.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        assertThat(results).singleElement().isInstanceOf(CompilationResult.Compiled.class);
        assertThat(workers()).hasSizeLessThanOrEqualTo(2).doesNotContain(first);
    }

    @Test
    void thousandsOfErrorsAndMegabytesOfWordsAreBounded() throws InterruptedException {
        String errors = IntStream.range(0, 5_000)
                .mapToObj(i -> "int f" + i + " = \"" + i + "\";\n")
                .collect(Collectors.joining());
        String wordy = IntStream.range(0, 30)
                .mapToObj(i -> "x".repeat(30_000) + i + " f" + i + ";\n")
                .collect(Collectors.joining());
        for (String body : List.of(errors, wordy)) {
            List<CompilerMessage> messages =
                    ((CompilationResult.Failed) compile(Map.of("A.java", "class A {\n" + body + "}"))).messages();
            assertThat(messages).hasSizeBetween(20, 100);
            assertThat(messages).allSatisfy(message -> {
                assertThat(message.message()).hasSizeLessThanOrEqualTo(2_001);
                assertThat(message.line()).isGreaterThan(1);
            });
        }
        assertCompiles();
    }

    @Test
    void classFilesThatAreTooLargeOrTooManyAreRefusedAndTheNextSourcesCompile() throws InterruptedException {
        String text = "x".repeat(60_000);
        String large = IntStream.range(0, 80)
                .mapToObj(i -> "static final String S" + i + " = X + \"" + i + "\";\n")
                .collect(Collectors.joining());
        String many =
                IntStream.range(0, 5_001).mapToObj(i -> "class C" + i + " {}\n").collect(Collectors.joining());
        assertThat(onlyMessage(compile(
                        Map.of("A.java", "class A { static final String X = \"" + text + "\";\n" + large + "}"))))
                .contains("bytes in a class file; at most 4194304");
        assertThat(onlyMessage(compile(Map.of("A.java", many)))).contains("it made 5001 class files; at most 5000");
        assertCompiles();
    }

    /** Each level of a finally block doubles what is in it. */
    @Test
    void classFilesThatAreTooLargeTogetherAreRefusedAndTheNextSourcesCompile() throws InterruptedException {
        open(new Compiler(256L << 20, Duration.ofMinutes(10)));
        String method = "try { a(); } finally { ".repeat(8) + "a(); ".repeat(40) + "}".repeat(8);
        String classes = IntStream.range(0, 80)
                .mapToObj(i -> "class A" + i + " { static void a() {}\n"
                        + IntStream.range(0, 4)
                                .mapToObj(j -> "void m" + j + "() { " + method + " }\n")
                                .collect(Collectors.joining())
                        + "}\n")
                .collect(Collectors.joining());
        assertThat(onlyMessage(compile(Map.of("A.java", classes))))
                .contains("bytes of class files; at most 16777216 are taken");
        assertCompiles();
    }

    @Test
    void theWorkerEndsWhenTheHostDoesEvenIfItIsBusy() throws Exception {
        for (String source : List.of(GOOD, BUSY)) {
            ProcessBuilder host = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Host.class.getName(),
                    source);
            Process process =
                    host.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            int expected = source.equals(BUSY) ? 2 : 1;
            assertThat(process.getInputStream().read()).isEqualTo('b');
            List<ProcessHandle> workers = process.children().toList();
            while (workers.size() < expected && process.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(20);
                workers = process.children().toList();
            }
            process.destroyForcibly().waitFor();
            assertThat(workers).hasSize(expected);
            try {
                for (ProcessHandle worker : workers) {
                    worker.onExit().get(30, TimeUnit.SECONDS);
                }
            } finally {
                workers.forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    /** Another host: compiles once, then for as long as it takes, then waits to be killed. */
    static final class Host {

        private Host() {}

        public static void main(String[] args) throws Exception {
            try (StrategyCompiler compiler =
                    StrategyCompiler.open(new Compiler(128L << 20, Duration.ofHours(1)), List.of())) {
                compiler.compile(files(Map.of("A.java", GOOD)));
                System.out.write('b');
                System.out.flush();
                compiler.compile(files(Map.of("A.java", args[0])));
                TimeUnit.HOURS.sleep(1);
            }
        }
    }

    /** Else the next sources of the same process begin with what those before have taken. */
    @Test
    void noTimeIsCountedBetweenSources() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(LIMITS, List.of())) {
            assertThat(worker.awaitReady()).isTrue();
            WorkerProcess.Answer answer =
                    worker.compile(List.of(SourceFile.of("A.java", GOOD.getBytes(StandardCharsets.UTF_8))));

            assertThat(answer.result()).isInstanceOf(CompilationResult.Compiled.class);
            assertThat(worker.cpu()).isZero();
        }
    }

    @Test
    void textThatIsNotUtf8IsAMessage() throws InterruptedException {
        CompilationResult result =
                compiler.compile(List.of(SourceFile.of("A.java", new byte[] {'c', (byte) 0xFF, 'x'})));
        assertThat(((CompilationResult.Failed) result).messages())
                .singleElement()
                .satisfies(message -> assertThat(message.message()).contains("not valid UTF-8 at byte 1"));
        assertCompiles();
    }

    @Test
    void aClosedCompilerRefusesAndLeavesNoProcess() throws Exception {
        assertCompiles();
        ProcessHandle worker = workers().get(0);
        compiler.close();
        worker.onExit().get(30, TimeUnit.SECONDS);
        assertThatThrownBy(this::assertCompiles).isInstanceOf(IllegalStateException.class);
    }

    private void open(Compiler limits) {
        compiler.close();
        compiler = StrategyCompiler.open(limits, List.of());
    }

    private void assertCompiles() throws InterruptedException {
        CompilationResult result = compile(Map.of("A.java", GOOD));
        assertThat(result).isInstanceOf(CompilationResult.Compiled.class);
        assertThat(((CompilationResult.Compiled) result).classes().names()).containsExactly("A");
    }

    private CompilationResult compile(Map<String, String> texts) throws InterruptedException {
        return compiler.compile(files(texts));
    }

    private static List<SourceFile> files(Map<String, String> texts) {
        return new TreeMap<>(texts)
                .entrySet().stream()
                        .map(entry ->
                                SourceFile.of(entry.getKey(), entry.getValue().getBytes(StandardCharsets.UTF_8)))
                        .toList();
    }

    private static String manyMethods(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "int m" + i + "(int x) { return x + " + i + "; }\n")
                .collect(Collectors.joining("", "class A {\n", "}"));
    }

    /** Dense code of the kind that people write, different in each class. */
    private static String honest(int bytes) {
        StringBuilder text = new StringBuilder(
                "import java.util.*; import java.util.function.*; import java.util.stream.*; import java.time.*;\n");
        for (int i = 0; text.length() < bytes; i++) {
            text.append(HONEST.replace("#", "" + i));
        }
        return text.toString();
    }

    private static String onlyMessage(CompilationResult result) {
        assertThat(result).isInstanceOf(CompilationResult.Failed.class);
        List<CompilerMessage> messages = ((CompilationResult.Failed) result).messages();
        assertThat(messages).hasSize(1);
        return messages.get(0).message();
    }

    private List<ProcessHandle> workers() {
        return ProcessHandle.current()
                .children()
                .filter(child -> !before.contains(child.pid()) && child.isAlive())
                .toList();
    }
}
