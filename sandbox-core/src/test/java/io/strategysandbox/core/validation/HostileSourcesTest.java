package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.testing.Jvm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is made to exhaust a parser, and honest text that the parser does not know. */
class HostileSourcesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    /** The deadline, and what a busy machine may add. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    private static final SecurityValidator VALIDATOR = SecurityValidator.create(DEADLINE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            class A { int x = %s; }                 | (                    | 1 | )    | 2000
            class A { int x = %s; }                 | (                    | 1 | )    | 150
            class A { int x = %s; }                 | (a < (b) ? c : (d -> | 1 | ))   | 60
            class A { Object x = %s; }              | x -> y ->            | 1 |      | 20000
            class A { Object x = %s; }              | (A)                  | 1 |      | 20000
            class A { boolean x = %s; }             | a <                  | 1 |      | 20000
            class A { %s x; }                       | A<                   | A | >    | 20000
            class A { int x = %s; }                 | a +                  | 1 |      | 100000
            class A { int x = %s; }                 | - ~                  | 1 |      | 100000
            class A { int x = %s; }                 | a.                   | b |      | 100000
            class A { int x = %s; }                 | a().                 | b |      | 100000
            class A { int x = %s; }                 | a ? b :              | 1 |      | 100000
            class A { void m() { %s } }             | if (a) b(); else     | ; |      | 40000
            class A { void m() { %s } }             | a:                   | ; |      | 100000
            class A { %s int f; }                   | @A(                  | 1 | )    | 190
            class A { Object x = %s; }              | new A() { Object x = | 1 | ; }  | 90
            class A { int x = %s; }                 | switch (1) { default -> | 1 | ; } | 90
            """)
    void parsersAreNotExhausted(String frame, String open, String middle, String close, int times) {
        String deep = (open + "\n").repeat(times)
                + middle
                + (Optional.ofNullable(close).orElse("") + "\n").repeat(times);
        long start = System.nanoTime();
        ValidationReport report = VALIDATOR.checkSources(List.of(file("A.java", frame.formatted(deep))));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(finding.rule()).isIn("too-complex", "not-parsed"));
    }

    @Test
    void treesThatWouldFillTheHeapAreNotMade() {
        String numbers = ("1,".repeat(2_000) + "\n").repeat(140);
        ValidationReport report = SecurityValidator.create()
                .checkSources(List.of(file("A.java", "class A { int[] a = {" + numbers + "}; }")));
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo("not-parsed"));
        assertThat(report.accepted()).isTrue();
    }

    @Test
    void whatIsNotSeenInTimeIsSaidForEveryFileAndTheClassFilesDecide() {
        SecurityValidator impatient = SecurityValidator.create(Duration.ofMillis(1));
        Map<String, String> texts = Map.of(
                "A.java",
                "class A { Object m() { return " + "(Object)\n".repeat(4_000) + " null; } }",
                "B.java",
                "class B { void m() { System.exit(1); } }");
        List<SourceFile> sources = InMemoryCompiler.sources(texts);
        ValidationReport report = impatient.checkSources(sources);
        assertThat(report.findings()).extracting(Finding::path).containsExactly("A.java", "B.java");
        assertThat(report.findings()).allSatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("not-parsed");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
        });
        List<SourceFile> dangerous = InMemoryCompiler.sources(Map.of("B.java", texts.get("B.java")));
        assertThat(impatient
                        .checkClasses(InMemoryCompiler.compile(dangerous), dangerous)
                        .accepted())
                .isFalse();
    }

    @Test
    @Timeout(20)
    void megabytesOfRefusedCharactersTakeNoTime() {
        List<SourceFile> files = IntStream.range(0, 8)
                .mapToObj(i -> file("A" + i + ".java", "\u0001".repeat(1_000_000)))
                .toList();
        assertThat(SecurityValidator.create().checkSources(files).findings())
                .hasSizeLessThan(1_000)
                .extracting(Finding::rule)
                .contains("invisible-character");
    }

    /** What is inferred doubles with every line, or every line is looked for in everything. */
    @ParameterizedTest
    @ValueSource(strings = {"arguments", "inference", "depth", "loops"})
    @Timeout(60)
    void theLookAtTypesEndsToo(String family) {
        StringBuilder text = new StringBuilder();
        switch (family) {
            case "arguments" -> {
                text.append("class P<A, B> {}\nclass C0<T> { T f; }\n");
                IntStream.rangeClosed(1, 60)
                        .forEach(i -> text.append("class C%d<T> extends C%d<P<T, T>> {}\n".formatted(i, i - 1)));
                text.append("class A { void h(C60<String> c) { c.f.hashCode(); } }\n");
            }
            case "inference" -> {
                text.append("class A { void h(String x0) {\n");
                IntStream.rangeClosed(1, 60)
                        .forEach(
                                i -> text.append("var x%d = java.util.Map.of(x%d, x%d);\n".formatted(i, i - 1, i - 1)));
                text.append("} }\n");
            }
            case "depth" -> {
                text.append("class C0 { int q; }\n");
                IntStream.rangeClosed(1, 2_500)
                        .forEach(i -> text.append("class C%d extends C%d {}\n".formatted(i, i - 1)));
                text.append("class A extends C2500 { int s; void h() {\n" + "s += q;\n".repeat(6_000) + "} }\n");
            }
            default ->
                text.append("class A { void h() {\n" + "while (true)\n".repeat(600) + "{ int a"
                        + (",a".repeat(1_000) + "\n").repeat(40) + "; } } }\n");
        }
        SecurityValidator patient = SecurityValidator.create(Duration.ofHours(1));
        long begun = cpuOfThisProcess();
        ValidationReport report = patient.checkSources(List.of(file("A.java", text.toString())));
        assertThat(report.findings()).extracting(Finding::severity).doesNotContain(Finding.Severity.DENY);
        assertThat(Duration.ofNanos(cpuOfThisProcess() - begun)).isLessThan(Duration.ofSeconds(10));
        SourceFile dangerous = file("A.java", "class A { void m() { System.exit(1); } }");
        assertThat(patient.checkSources(List.of(dangerous)).accepted()).isFalse();
    }

    private static long cpuOfThisProcess() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** Each would take years, or minutes over its error message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            class A { Object x = %s; }   | (A)  | null | 9000
            class A { void m() { %s; } } | a<b, | c    | 3000
            """)
    void aParserIsStoppedAfterSoManyStepsAndNotByTheClock(String frame, String open, String middle, int times)
            throws InterruptedException {
        SecurityValidator patient = SecurityValidator.create(Duration.ofHours(1));
        SourceFile slow = file("A.java", frame.formatted((open + "\n").repeat(times) + middle));
        List<Finding> findings = patient.checkSources(List.of(slow)).findings();
        assertThat(findings).extracting(Finding::rule).containsExactly("not-parsed");
        for (Thread parser : parsers()) {
            parser.join(BOUND.toMillis());
        }
        assertThat(parsers()).isEmpty();
        SourceFile dangerous = file("A.java", "class A { void m() { System.exit(1); } }");
        assertThat(patient.checkSources(List.of(dangerous)).accepted()).isFalse();
    }

    /** Where a stack ends differs between cold and warm code; what is given up must not. */
    @ParameterizedTest
    @ValueSource(strings = {"a.", "1 +"})
    void aTreeIsGivenUpAtADepthWhateverTheStack(String open) {
        String deep = "class A { Object x = " + (open + "\n").repeat(1_100) + "b; }";
        assertThat(VALIDATOR.checkSources(List.of(file("A.java", deep))).findings())
                .extracting(Finding::rule)
                .containsExactly("not-parsed");
    }

    /** Of ways up there are two to the power of the lattice's height, and of names in the type arguments as many. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interface L0 {} interface R0 {} | interface L%1$d extends L%2$d, R%2$d {} interface R%1$d extends L%2$d, R%2$d {} | class A implements L90, R90
            class P<S, T> {} class C0<T> {} | class C%1$d<T> extends C%2$d<P<T, T>> { T t; }                                  | class A extends C90<String>
            class P<S, T> {} class C0<T> {} | class C%1$d<T> extends C%2$d<T> {}                                              | class A extends C90<String>
            """)
    void hierarchiesThatMultiplyDoNotHideWhatFollows(String first, String each, String last) {
        String hierarchy = IntStream.rangeClosed(1, 90)
                .mapToObj(i -> String.format(Locale.ROOT, each, i, i - 1))
                .collect(Collectors.joining("\n"));
        String text = first + "\n" + hierarchy + "\n" + last
                + " { void m() { String s = \"\"; toString(); System.exit(1); } }";
        assertThat(VALIDATOR.checkSources(List.of(file("A.java", text))).findings())
                .extracting(Finding::rule)
                .containsExactly("jvm-exit");
    }

    /** A class whose initialiser is interrupted stays broken for good. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "30", "100", "200"})
    void aLookThatIsStoppedDoesNotBlindTheNext(String milliseconds) throws Exception {
        Process process = Jvm.of(Jvm.HOME, List.of(), ColdLook.class).start(milliseconds);
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("jvm-exit");
    }

    @Test
    void aParserThatNobodyWaitsForEnds() throws InterruptedException {
        SecurityValidator impatient = SecurityValidator.create(Duration.ofMillis(1));
        SourceFile slow = file("A.java", "class A { Object x = " + "(A)\n".repeat(9_000) + " null; }");
        assertThat(impatient.checkSources(List.of(slow)).findings()).hasSize(1);
        for (Thread parser : parsers()) {
            parser.join(BOUND.toMillis());
        }
        assertThat(parsers()).isEmpty();
    }

    @Test
    void anInterruptedLookKeepsTheInterruption() {
        Thread.currentThread().interrupt();
        ValidationReport report = VALIDATOR.checkSources(List.of(file("A.java", "class A {}")));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.accepted()).isTrue();
    }

    /** What javac 17 compiles is not refused only because the parser stumbles over it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { void m() { enum Side { LONG, SHORT } System.out.println(Side.LONG); } }",
                "class A { void m() { record P(int x) {} interface I {} System.out.println(new P(1)); } }",
                "class A { java.util.function.BinaryOperator<Integer> f = (var a, var b) -> a + b; }",
                "class A { java.util.function.Supplier<java.util.function.Function<Integer, Integer>> f ="
                        + " () -> (var a) -> a; }",
                "class A { String s = \"\"\"\n    text\n    \"\"\"; }",
                "class A { int yield; int m(int i) { return switch (i) { case 1, 2 -> { int r = 3; yield r; } default ->"
                        + " 0; }; } }",
                "class A<T extends Comparable<? super T> & java.util.function.Supplier<T>> { <U> A<T> m() { return this.<U>m();"
                        + " } }",
                "class A { int[] m()[] { return new int[][] {{1}, {}}; } class B { A a = A.this; } }",
            })
    void honestJavaPassesWhetherOrNotTheParserKnowsIt(String source) {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of("A.java", source));
        ValidationReport report =
                VALIDATOR.checkSources(sources).and(VALIDATOR.checkClasses(InMemoryCompiler.compile(sources), sources));
        assertThat(report.accepted()).as("%s", report.findings()).isTrue();
    }

    @Test
    void newerJavaIsLeftToTheCompiler() {
        ValidationReport report = VALIDATOR.checkSources(
                List.of(
                        file(
                                "A.java",
                                "class A { int m(Object o) { return switch (o) { case Integer i when i > 0 -> i; default -> 0; }; } }")));
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("not-parsed");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
        });
    }

    private static List<Thread> parsers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("strategy-syntax-tree"))
                .toList();
    }

    private static SourceFile file(String path, String text) {
        return SourceFile.of(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
