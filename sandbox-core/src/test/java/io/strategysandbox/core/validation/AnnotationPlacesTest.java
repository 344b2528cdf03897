package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An annotation of somebody else's is found wherever the language lets it stand. */
class AnnotationPlacesTest {

    private static final SecurityValidator VALIDATOR = SecurityValidator.create();

    private static final String FOREIGN = """
            package foreign;
            import java.lang.annotation.*;
            public @interface Mark {}
            """;

    private static final String FOREIGN_VISIBLE = """
            package foreign;
            import java.lang.annotation.*;
            @Retention(RetentionPolicy.RUNTIME)
            public @interface Seen {}
            """;

    private static final String FOREIGN_TYPE = """
            package foreign;
            import java.lang.annotation.*;
            @Target(ElementType.TYPE_USE) @Retention(RetentionPolicy.RUNTIME)
            public @interface Use {}
            """;

    private static final String FOREIGN_ENUM = "package foreign; public enum Kind { ONE }";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@foreign.Mark class A {}",
                "class A { @foreign.Mark int f; }",
                "class A { @foreign.Seen void m() {} }",
                "class A { void m(@foreign.Mark int p) {} }",
                "class A { void m(int q, @foreign.Seen int p) {} }",
                "class A { A(@foreign.Seen int p) {} }",
                "record A(@foreign.Mark int x) {}",
                "record A(@foreign.Use String x) {}",
                "class A { void m() { @foreign.Use String s = null; System.out.println(s); } }",
                "class A { Object m(Object o) { return (@foreign.Use String) o; } }",
                "class A { Object m() { return new @foreign.Use Object(); } }",
                "class A { boolean m(Object o) { return o instanceof @foreign.Use String; } }",
                "class A { void m() { try { m(); } catch (@foreign.Use RuntimeException e) { throw e; } } }",
                "class A extends @foreign.Use Object {}",
                "class A<@foreign.Use T> {}",
                "class A { java.util.List<@foreign.Use String> f; }",
                "class A { java.util.function.Supplier<Object> f = @foreign.Use Object::new; }",
                "@interface A { foreign.Kind value() default foreign.Kind.ONE; }",
                "@interface A { Class<?> value() default Process.class; }",
                "class A { @interface Own { Class<?>[] value(); } @Own({String.class, Thread.class}) void m() {} }",
                "class A { @interface Own { foreign.Mark[] value(); } @Own(@foreign.Mark) int f; }",
            })
    void isRefused(String source) {
        ValidationReport report = withoutTheForeign(Map.of("A.java", source));
        assertThat(report.accepted()).isFalse();
        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(finding.message())
                        .containsAnyOf("foreign.", "java.lang.Process", "java.lang.Thread"));
    }

    @Test
    void isRefusedOnAPackage() {
        ValidationReport report = withoutTheForeign(Map.of(
                "mine/package-info.java", "@foreign.Seen package mine;", "mine/A.java", "package mine; class A {}"));
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.path()).isEqualTo("mine/package-info.java"));
    }

    @Test
    void whatIsOnesOwnMayStay() {
        assertThat(withoutTheForeign(Map.of(
                                "A.java",
                                "@FunctionalInterface interface A { @interface Own { String[] value() default {\"x\"};"
                                        + " Class<?> type() default String.class; } @Own({\"a\", \"b\"}) double m(@Own int p);"
                                        + " @Deprecated @SafeVarargs static <T> void n(@Own T... t) {} }"))
                        .findings())
                .isEmpty();
    }

    private static ValidationReport withoutTheForeign(Map<String, String> texts) {
        List<SourceFile> sources = InMemoryCompiler.sources(texts);
        Map<String, String> all = new TreeMap<>(texts);
        all.put("foreign/Mark.java", FOREIGN);
        all.put("foreign/Seen.java", FOREIGN_VISIBLE);
        all.put("foreign/Use.java", FOREIGN_TYPE);
        all.put("foreign/Kind.java", FOREIGN_ENUM);
        CompiledClasses classes = InMemoryCompiler.compile(InMemoryCompiler.sources(all));
        Map<String, byte[]> mine = new TreeMap<>();
        classes.names().stream()
                .filter(name -> !name.startsWith("foreign."))
                .forEach(name -> mine.put(name, classes.bytes(name)));
        return VALIDATOR.checkClasses(CompiledClasses.of(mine), sources);
    }
}
