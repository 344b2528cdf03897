package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.config.LearningSystemConfig.Validator;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.validation.Finding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

    private static ValidationReport classes(String source, String... allow) {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of("A.java", source));
        return SecurityValidator.create(new Validator(false, List.of(allow)), List.of())
                .checkClasses(InMemoryCompiler.compile(sources), sources);
    }
}
