package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.strategysandbox.core.report.ValidationEntry;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.testing.BusyProcessors;
import io.strategysandbox.core.testing.Jvm;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.SecurityValidator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same sources give the same bytes: again, with sixteen threads on one validator, and on another JDK. */
class ValidationDeterminismTest {

    private static final Path GOLDEN = Path.of("src/test/resources/io/strategysandbox/core/validation/golden.txt");

    @TempDir
    private Path scratch;

    @Test
    void sixteenThreadsSayWhatOneSays() throws Exception {
        List<ValidationEntry> once = ValidationSamples.validate(1);
        for (int round = 0; round < 3; round++) {
            List<ValidationEntry> again = ValidationSamples.validate(16);
            assertThat(text(ValidationSamples.json(again))).isEqualTo(text(ValidationSamples.json(once)));
            assertThat(text(ValidationSamples.sarif(again))).isEqualTo(text(ValidationSamples.sarif(once)));
        }
    }

    /** Each of them has to wait for the looks of the others. */
    @Test
    void sixteenThreadsSayWhatOneSaysOfLargeSourcesOnABusyMachine() throws Exception {
        List<SourceFile> large = List.of(SourceFile.of(
                "A.java",
                ("class A { void m() { System.exit(1); }\nint[] a = {" + ("1,".repeat(2_000) + "\n").repeat(31)
                                + "}; }")
                        .getBytes(StandardCharsets.UTF_8)));
        SecurityValidator validator = SecurityValidator.create();
        List<Finding> once = validator.checkSources(large).findings();
        assertThat(once).extracting(Finding::rule).contains("jvm-exit").doesNotContain("not-parsed");
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<List<Finding>>> looks =
                    Collections.nCopies(16, () -> validator.checkSources(large).findings());
            for (Future<List<Finding>> look : BusyProcessors.during(() -> threads.invokeAll(looks))) {
                assertThat(look.get()).isEqualTo(once);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void anotherJdkPrintsTheSameBytes(int release) throws Exception {
        List<Path> homes = Jvm.installed(release);
        assumeThat(homes).as("a JDK %d below /usr/lib/jvm", release).isNotEmpty();
        Process process = Jvm.of(homes.get(0), List.of("-Xmx512m"), ValidationSamples.class)
                .start("2", scratch.toString());
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
        List<ValidationEntry> here = ValidationSamples.validate(2);
        assertThat(Files.readString(scratch.resolve("validation.json"))).isEqualTo(text(ValidationSamples.json(here)));
        assertThat(Files.readString(scratch.resolve("validation.sarif")))
                .isEqualTo(text(ValidationSamples.sarif(here)));
    }

    /** Where only one JDK is installed, this is what tells that it differs from the other. */
    @Test
    void theFindingsAreThoseThatAreRecorded() throws Exception {
        List<String> found = ValidationSamples.validate(2).stream()
                .flatMap(ValidationDeterminismTest::lines)
                .toList();
        if (Boolean.getBoolean("sandbox.golden.update")) {
            Files.write(GOLDEN, found);
        }
        assertThat(found)
                .as("findings; if they are meant to change: -Dsandbox.golden.update=true, and read the difference")
                .isEqualTo(Files.readAllLines(GOLDEN));
    }

    private static Stream<String> lines(ValidationEntry entry) {
        List<Finding> findings = entry.report().findings();
        return findings.isEmpty()
                ? Stream.of(entry.name() + ": nothing")
                : findings.stream()
                        .map(finding -> String.format(
                                Locale.ROOT,
                                "%s/%s:%d:%d %s %s %s",
                                entry.name(),
                                finding.path(),
                                finding.line(),
                                finding.column(),
                                finding.severity(),
                                finding.layer(),
                                finding.rule()));
    }

    private static String text(byte[] report) {
        return new String(report, StandardCharsets.UTF_8);
    }
}
