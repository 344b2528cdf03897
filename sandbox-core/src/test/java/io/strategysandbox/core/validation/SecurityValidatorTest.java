package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.compilation.CompilationResult;
import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.strategy.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityValidatorTest {

    private static final SecurityValidator VALIDATOR = SecurityValidator.create();
    private static final StrategyCompiler COMPILER =
            StrategyCompiler.open(ConfigLoader.defaults().sandbox().compiler(), List.of());

    @AfterAll
    static void close() {
        COMPILER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            process         | new ProcessBuilder("id");
            process         | Runtime.getRuntime().exec("id");
            exit            | System.exit(1);
            exit            | Runtime.getRuntime().halt(1);
            exit            | java.util.function.IntConsumer exit = System::exit; exit.accept(1);
            file            | new java.io.FileInputStream("/etc/passwd");
            file            | java.nio.file.Files.readString(java.nio.file.Path.of("/x"));
            file            | new java.io.PrintStream("/tmp/x");
            file            | new java.util.Scanner(new java.io.File("/x"));
            network         | new java.net.Socket("localhost", 1);
            network         | java.net.URI.create("http://x").toURL().openStream();
            reflection      | String.class.getDeclaredMethods();
            reflection      | "".getClass().getMethod("x").invoke(null);
            classloading    | Class.forName("X");
            classloading    | new java.net.URLClassLoader(new java.net.URL[0]);
            thread          | new Thread(() -> {}).start();
            thread          | java.util.concurrent.Executors.newFixedThreadPool(1);
            parallelism     | java.util.List.of(1).parallelStream();
            native          | System.loadLibrary("x");
            environment     | System.getenv("HOME");
            environment     | Integer.getInteger("x");
            global-state    | java.util.Locale.setDefault(java.util.Locale.ROOT);
            global-state    | System.setOut(null);
            """)
    void theClassFilesAloneRefuseIt(String category, String statement) throws InterruptedException {
        ValidationReport report = classes("class A { void a() throws Throwable { " + statement + " } }");
        assertThat(report.accepted()).as(statement).isFalse();
        assertThat(report.findings()).anySatisfy(finding -> {
            assertThat(finding.category().id()).isEqualTo(category);
            assertThat(finding.line()).isEqualTo(1);
            assertThat(finding.path()).isEqualTo("A.java");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { protected void finalize() {} }",
                "class A { native void a(); }",
                "package java.util.something; class A {}",
                "package io.strategysandbox.api; class A {}",
                "class A extends Thread {}",
                "class A extends ClassLoader {}"
            })
    void declarationsAreRefused(String source) throws InterruptedException {
        assertThat(classes(source).accepted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { int a(int x) { return switch (x) { case 1 -> 2; default -> Math.abs(x); }; } }",
                "record A(double x, String name) {}",
                "enum A { ONE { int f() { return 1; } }; abstract int f(); static int n() { return values().length; } }",
                "class A { java.util.List<String> a() { return java.util.stream.Stream.of(1, 2).map(i -> \"n\" + i).toList(); } }",
                "class A { double a(double[] x) { assert x.length > 0; double[] y = x.clone(); java.util.Arrays.sort(y); return y[0]; } }",
                "sealed interface A permits B {} final class B implements A {}",
                "class A { void a(Object o) { if (o instanceof String s && !s.isEmpty()) { System.out.println(s.length()); } } }",
                "class A { java.util.Map<String, Integer> m = new java.util.HashMap<>(); { m.merge(\"a\", 1, Integer::sum); } }",
                "class A { String a() { return String.format(\"%.2f\", 1.5) + new StringBuilder(\"x\").append(1); } }"
            })
    void whatOnlyComputesIsAccepted(String source) throws InterruptedException {
        assertThat(classes(source).findings()).isEmpty();
        assertThat(VALIDATOR.checkSources(List.of(file(source))).findings()).isEmpty();
    }

    @Test
    void textThatIsNotWhatItShowsIsRefused() {
        for (String hidden : List.of("\u00ad", "\u200b", "\u202e", "\u0000", "\u001a")) {
            ValidationReport report =
                    VALIDATOR.checkSources(List.of(file("class A { void a() { Sys" + hidden + "tem.exit(0); } }")));
            assertThat(report.accepted()).isFalse();
            assertThat(report.findings()).anyMatch(finding -> finding.layer() == Finding.Layer.TEXT);
        }
        assertThat(VALIDATOR
                        .checkSources(List.of(file("class A { int \\" + "u0061; }")))
                        .accepted())
                .isFalse();
        SourceFile broken = SourceFile.of("A.java", new byte[] {'c', (byte) 0xFF});
        assertThat(VALIDATOR.checkSources(List.of(broken)).accepted()).isFalse();
    }

    /** Symbols of pictures may be joined: where they stand, no compiler takes anything for code. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "int a\u200Db;",
                "int a1\uFE0F;",
                "int a1\uFE0Fb;",
                "// \u0645\u06CC\u200C\u0631\u0648\u062F",
                "// a\u200D\uD83D\uDCBB",
                "// a\uFE0F\u200Db",
                "// \u2800\u200D",
                "// \uD83D\uDC68\u202E"
            })
    void whatMayBePartOfAWordIsNotJoined(String member) {
        assertThat(VALIDATOR
                        .checkSources(List.of(file("class A {\n" + member + "\n}")))
                        .findings())
                .extracting(Finding::rule)
                .contains("invisible-character");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int a\uD83D\uDC68\u200Db;",
                "int \u2764\uFE0F\u200D;",
                "int a1\uFE0F\u20E3;",
                "int \uD83C\uDFFD\u200D;"
            })
    void whatIsJoinedIsNoCode(String member) throws InterruptedException {
        List<SourceFile> source = List.of(file("class A {\n" + member + "\n}"));
        assertThat(VALIDATOR.checkSources(source).findings())
                .extracting(Finding::rule)
                .doesNotContain("invisible-character");
        assertThat(COMPILER.compile(source)).isInstanceOf(CompilationResult.Failed.class);
    }

    @Test
    void hostileShapesNeitherHangNorCrash() {
        assertThat(VALIDATOR.checkSources(List.of(file("(".repeat(100_000)))).accepted())
                .isFalse();
        assertThat(VALIDATOR.checkSources(List.of(file("x".repeat(900_000)))).accepted())
                .isFalse();
        assertThat(VALIDATOR.checkSources(List.of(file("no java at all"))).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo("not-parsed"));
    }

    private static ValidationReport classes(String source) throws InterruptedException {
        CompilationResult result = COMPILER.compile(List.of(file(source)));
        assertThat(result).isInstanceOf(CompilationResult.Compiled.class);
        return VALIDATOR.checkClasses(((CompilationResult.Compiled) result).classes(), List.of(file(source)));
    }

    private static SourceFile file(String text) {
        return SourceFile.of("A.java", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ofTwoFilesOfOneNameTheOneThatDeclaresThePackageIsNamed() throws InterruptedException {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of(
                "a/Util.java",
                "package x;\nclass Util {}",
                "b/Util.java",
                "/* package x; */\n\npackage y\n  .\u00FCber ;\nclass Util { void m() {\nSystem.exit(1); } }"));
        assertThat(VALIDATOR
                        .checkClasses(InMemoryCompiler.compile(sources), sources)
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path()).isEqualTo("b/Util.java");
                    assertThat(finding.snippet()).isEqualTo("System.exit(1); } }");
                });
    }

    /** Nothing that stands in a source names another package than the one that it declares. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "class B { String s = \"package p;\"; }",
                "class B { String s = \"\"\"\n/* */ package p;\n\"\"\"; }",
                "import java.util.*; class B { /** package p; */ char c = '\"'; String s = \"; package p; class A\"; }"
            })
    void theWordPackageInAStringIsNoDeclaration(String other) {
        List<SourceFile> sources = InMemoryCompiler.sources(
                Map.of("a/A.java", other, "p/A.java", "package p;\nclass A { void m() {\nSystem.exit(1); } }"));
        assertThat(VALIDATOR
                        .checkClasses(InMemoryCompiler.compile(sources), sources)
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.path()).isEqualTo("p/A.java"));
    }

    @Test
    void ofTwoFilesOfOneNameInOnePackageTheOneThatDeclaresTheClassIsNamed() {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of(
                "x/A.java",
                "class P { /* class Q */ class In$ner {} }",
                "y/A.java",
                "class Q { class /* own */ Inner {\nvoid m() { System.exit(1); } } }"));
        assertThat(VALIDATOR
                        .checkClasses(InMemoryCompiler.compile(sources), sources)
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path()).isEqualTo("y/A.java");
                    assertThat(finding.snippet()).isEqualTo("void m() { System.exit(1); } } }");
                });
    }

    @Test
    void ofTwoFilesThatMayBothDeclareAClassNoneIsNamed() {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of(
                "x/A.java",
                "class P { String s = \"class Q\"; }",
                "y/A.java",
                "class Q { void m() { System.exit(1); } }"));
        assertThat(VALIDATOR
                        .checkClasses(InMemoryCompiler.compile(sources), sources)
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.path()).isEqualTo("Q.class"));
    }

    @Test
    void ofManyFilesFullOfTheSameOnlySoMuchIsSaid() {
        byte[] text = ("/*" + "\u200b".repeat(100) + "*/ class F {}").getBytes(StandardCharsets.UTF_8);
        List<SourceFile> sources = IntStream.range(0, 500)
                .mapToObj(i -> SourceFile.of("F" + i + ".java", text))
                .toList();

        ValidationReport report = SecurityValidator.create().checkSources(sources);

        assertThat(report.accepted()).isFalse();
        assertThat(report.findings()).hasSizeBetween(1_000, 1_200);
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule().equals("more-findings"))
                .filteredOn(finding -> finding.message().contains("sources"))
                .hasSize(1);
    }
}
