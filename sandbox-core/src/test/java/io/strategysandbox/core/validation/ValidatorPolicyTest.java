package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.config.LearningSystemConfig.Validator;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.validation.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration makes the validator refuse or allow beyond what is shipped. */
class ValidatorPolicyTest {

    private static final String CHECKSUM =
            "class A { long m() { var c = new java.util.zip.CRC32(); c.update(1); return c.getValue(); } }";

    @Test
    void whatOnlyTheConfigurationAllowsIsAWarningAtItsLine() {
        assertThat(classes(CHECKSUM).accepted()).isFalse();

        ValidationReport report = classes(CHECKSUM, "java.util.zip.CRC32 <init> update getValue");

        assertThat(report.accepted()).isTrue();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("allowed-by-configuration");
            assertThat(finding.category()).isEqualTo(Category.FILE);
            assertThat(finding.severity()).isEqualTo(Severity.WARN);
            assertThat(finding.line()).isEqualTo(1);
            assertThat(finding.message()).startsWith("java.util.zip.CRC32 is allowed by a line of your configuration");
        });
    }

    @Test
    void aMemberThatIsNotNamedStaysRefused() {
        assertThat(classes(CHECKSUM, "java.util.zip.CRC32 <init> update").findings())
                .anySatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.DENY);
                    assertThat(finding.message()).startsWith("java.util.zip.CRC32.getValue is not allowed");
                });
    }

    @Test
    void aMemberOfAListedClassIsAWarningOfItsOwn() {
        assertThat(classes(
                                "class A { String m() { return Integer.class.getPackageName(); } }",
                                "java.lang.Class getPackageName")
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARN);
                    assertThat(finding.message()).startsWith("java.lang.Class.getPackageName is allowed by");
                });
    }

    /** A wildcard that was meant for something else must not open what the shipped list refuses by name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "a".intern();                                        | java.lang.String *
            java.util.Locale.setDefault(java.util.Locale.ROOT);  | java.util.Locale setDefault
            Integer.getInteger("x");                             | java.lang.** *
            new java.util.ArrayList<String>().parallelStream();  | java.util.ArrayList *
            """)
    void whatTheShippedListRefusesByNameStaysRefused(String statement, String line) {
        assertThat(classes("class A { void m() { " + statement + " } }", line).accepted())
                .isFalse();
    }

    @Test
    void strictnessRefusesWhatIsOtherwiseAWarning() {
        String source = "class A { double m() { while (true) { Math.random(); } } }";
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of("A.java", source));
        for (boolean strict : new boolean[] {false, true}) {
            SecurityValidator validator = SecurityValidator.create(new Validator(strict, List.of()), List.of());
            ValidationReport report = validator
                    .checkSources(sources)
                    .and(validator.checkClasses(InMemoryCompiler.compile(sources), sources));
            assertThat(report.findings()).extracting(Finding::rule).contains("endless-loop", "varying-value");
            assertThat(report.findings())
                    .extracting(Finding::severity)
                    .containsOnly(strict ? Severity.DENY : Severity.WARN);
        }
    }

    @Test
    void strictnessLeavesOtherWarningsAsTheyAre() {
        SecurityValidator strict = SecurityValidator.create(
                new Validator(true, List.of("java.util.zip.CRC32 <init> update getValue")), List.of());
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of("A.java", CHECKSUM));
        assertThat(strict.checkClasses(InMemoryCompiler.compile(sources), sources)
                        .accepted())
                .isTrue();
    }

    /** What a line admits of a library is looked up as the JVM does, by way of the strategy's own classes too. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            class Z implements lib.More, lib.Less { void go() { m(); } }                                     | false
            class Z implements lib.Less, lib.More { void go() { m(); } }                                     | false
            interface I extends lib.Less, lib.More { } class Z implements I { void go() { m(); } }           | false
            class Z implements lib.Less { void go() { m(); } }                                               | true
            class P { private static Runnable SECRET; } class Z extends P implements lib.Consts { Object go() { return Z.SECRET; } } | false
            class P { } class Z extends P implements lib.Consts { Object go() { return Z.OPEN; } }           | true
            class Z implements lib.Consts { static Runnable SECRET; Object go() { return Z.SECRET; } }       | true
            """)
    void membersOfLibrariesAreFoundAsTheJvmFindsThem(String strategy, boolean accepted, @TempDir Path folder)
            throws IOException {
        String library = """
                package lib;
                public interface %s { %s }
                """;
        CompiledClasses all = InMemoryCompiler.compile(InMemoryCompiler.sources(Map.of(
                "lib/Less.java", library.formatted("Less", "default void m() { }"),
                "lib/More.java",
                        library.formatted("More extends Less", "default void other() { } default void m() { }"),
                "lib/Consts.java", library.formatted("Consts", "Runnable OPEN = null; Runnable SECRET = null;"),
                "Z.java", strategy)));
        Path jar = folder.resolve("lib.jar");
        Map<String, byte[]> own = new TreeMap<>();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : all.names()) {
                if (name.startsWith("lib.")) {
                    out.putNextEntry(new JarEntry(name.replace('.', '/') + ".class"));
                    out.write(all.bytes(name));
                } else {
                    own.put(name, all.bytes(name));
                }
            }
        }
        Validator lines = new Validator(false, List.of("lib.Less m", "lib.More other", "lib.Consts OPEN"));

        ValidationReport report =
                SecurityValidator.create(lines, List.of(jar)).checkClasses(CompiledClasses.of(own), List.of());

        assertThat(report.accepted()).as("%s", report.findings()).isEqualTo(accepted);
    }

    private static ValidationReport classes(String source, String... allow) {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of("A.java", source));
        return SecurityValidator.create(new Validator(false, List.of(allow)), List.of())
                .checkClasses(InMemoryCompiler.compile(sources), sources);
    }
}
