package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.validation.Finding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an honest author may have overlooked is said, with its line and column, and never refused. */
class SourceHintsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            endless-loop    | void m() { while (true) { } }
            endless-loop    | void m() { while ((true)) { m(); } }
            endless-loop    | void m() { for (;;) { m(); } }
            endless-loop    | void m() { for (int i = 0; true; i++) { m(); } }
            endless-loop    | void m() { do { m(); } while (true); }
            huge-allocation | double[] a = new double[1_000_000_000];
            huge-allocation | double[] a = new double[1 << 26];
            huge-allocation | byte[] a = new byte[Integer.MAX_VALUE];
            huge-allocation | byte[] a = new byte[(1 << 28) + 1 - 1];
            huge-allocation | byte[] a = new byte[(int) 300_000_000L];
            huge-allocation | Object[] a = new Object[1024 * 1024 * 128];
            huge-allocation | int[][] a = new int[10_000][10_000];
            huge-allocation | int[][] a = new int[100_000_000][];
            huge-allocation | Object o = new java.util.ArrayList<String>(1_000_000_000);
            huge-allocation | String s = "ab".repeat(134_217_728);
            huge-allocation | String s = ("a").repeat(1 << 28);
            look-ahead      | Object calculate(int index) { return c.getValue(index + 1); }
            look-ahead      | Object calculate(int index) { return series.getBar(1 + index); }
            look-ahead      | boolean isSatisfied(int i, Object r) { return rule.isSatisfied((i + 2), r); }
            look-ahead      | Object m() { return series.getBar(series.getEndIndex() + 1); }
            look-ahead-end  | Object calculate(int index) { return series.getLastBar(); }
            look-ahead-end  | Object calculate(int index) { return c.getValue(series.getEndIndex()); }
            """)
    void whatLooksLikeAnOversightIsSaid(String rule, String member) {
        assertThat(hints("class A {\n    " + member + " }")).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.severity()).isEqualTo(Severity.WARN);
            assertThat(finding.line()).isEqualTo(2);
            assertThat(finding.column()).isGreaterThan(4);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void m(boolean b) { while (b) { m(b); } }",
                "void m() { while (true) { break; } }",
                "int m() { for (;;) { return 1; } }",
                "void m() { do { throw new IllegalStateException(); } while (true); }",
                "void m() { for (int i = 0; i < 9; i++) { m(); } }",
                "double[] a = new double[1_000_000];",
                "double[] a = new double[(1 << 25) - 1];",
                "byte[] a = new byte[(1 << 28) - 1];",
                "double[] m(int n) { return new double[n * 1_000_000_000]; }",
                "double[][] a = new double[1000][1000];",
                "int[] a = { 1_000_000_000 };",
                "Object o = new java.util.ArrayList<Integer>(java.util.List.of(1_000_000_000));",
                "Object o = Integer.valueOf(1_000_000_000);",
                "String s = \"-\".repeat(80);",
                "Object calculate(int index) { return c.getValue(index - 1); }",
                "Object calculate(int index) { return c.getValue(index - period + 1); }",
                "Object calculate(int index) { return c.getValue(index + offset); }",
                "Object calculate(int index) { return c.getValue(index + 0); }",
                "double m(int i) { return values.getValue(i + 1); }",
                "void m() { for (int i = 0; i < 9; i++) { series.getBar(i + 1); } }",
                "double onBar(Object bars) { return bars.getLastBar(); }",
                "Object calculate() { return series.getLastBar(); }",
                "Object calculate(int index) { return series.getBar(index); }",
            })
    void whatIsFineIsNot(String member) {
        assertThat(hints("class A { " + member + " }")).isEmpty();
    }

    private static List<Finding> hints(String source) {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of("A.java", source));
        return SecurityValidator.uncounted().checkSources(sources).findings();
    }
}
