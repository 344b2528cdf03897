package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnippetsTest {

    @ParameterizedTest
    @CsvSource({"1, first", "2, second", "3, third", "4, fourth", "5, ''", "6, ''"})
    void linesAreCountedAsTheCompilerCounts(int line, String snippet) {
        assertThat(snippet("first\r\n  second\r\tthird\nfourth  \n", line, 1)).isEqualTo(snippet);
    }

    @Test
    void aLongLineIsShownAroundItsColumn() {
        String line = "  " + "x".repeat(1_000) + "System.exit(1);" + "y".repeat(1_000);
        assertThat(snippet(line, 1, 1_003))
                .hasSizeLessThan(130)
                .startsWith("…x")
                .contains("System.exit(1);")
                .endsWith("y…");
        assertThat(snippet(line, 1, 0)).startsWith("xxx").endsWith("x…");
    }

    @Test
    void whatATerminalObeysIsSpelledOut() {
        assertThat(snippet("String s = \"\u001B[2J\u202E\";", 1, 1)).isEqualTo("String s = \"\\u001B[2J\\u202E\";");
    }

    @Test
    void withoutALineOrASourceNothingIsShown() {
        assertThat(snippet("class A {}", 0, 0)).isEmpty();
        assertThat(Snippets.show(List.of(finding("B.java", 1, 1)), List.of(source("class A {}"))))
                .containsExactly(finding("B.java", 1, 1));
    }

    @Test
    void everyLayerShowsTheLine() {
        List<SourceFile> sources = List.of(source("class A {\n  void m() { System.exit(1); }\n}"));
        SecurityValidator validator = SecurityValidator.create();
        assertThat(List.of(
                        validator.checkSources(sources),
                        validator.checkClasses(InMemoryCompiler.compile(sources), sources)))
                .allSatisfy(report -> assertThat(report.findings())
                        .isNotEmpty()
                        .extracting(Finding::snippet)
                        .containsOnly("void m() { System.exit(1); }"));
    }

    private static String snippet(String text, int line, int column) {
        return Snippets.show(List.of(finding("A.java", line, column)), List.of(source(text)))
                .get(0)
                .snippet();
    }

    private static SourceFile source(String text) {
        return SourceFile.of("A.java", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Finding finding(String path, int line, int column) {
        return new Finding(
                "rule", Category.OTHER, Finding.Severity.WARN, Finding.Layer.AST, path, line, column, "message");
    }
}
