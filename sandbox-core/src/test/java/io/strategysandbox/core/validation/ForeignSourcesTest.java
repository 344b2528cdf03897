package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.compilation.CompilationResult;
import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.LearningSystemConfig.Compiler;
import io.strategysandbox.core.strategy.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Code that others wrote and published, and that only computes, passes. What counts as computing is decided by
 * {@link OnlyComputes} from the text alone. Each set of sources is compiled as a whole, as a strategy is, and checked as a
 * whole, so that the rest of a library counts as the strategy's own; findings count in the selected files only. Every file that
 * is refused all the same is listed in {@code foreign-refused.txt}, with the rule and why.
 */
class ForeignSourcesTest {

    /** A library is larger than a strategy. */
    private static final Compiler LIMITS = new Compiler(512L << 20, Duration.ofMinutes(5));

    /** What all looks at syntax trees together take on at a time; two bunches of sources fit. */
    private static final int LARGEST_LOOK = 128 << 10;

    private static final int BATCH_BYTES = LARGEST_LOOK / 2;

    private static final SecurityValidator VALIDATOR = SecurityValidator.create(Duration.ofMinutes(1));

    private static final List<ForeignSet> SETS = new ArrayList<>();
    private static final SortedMap<String, List<Finding>> REFUSED = new TreeMap<>();
    private static final SortedMap<String, Set<String>> WARNED = new TreeMap<>();
    private static final Set<String> REFUSED_OF_THE_LEFT_OUT = new HashSet<>();

    @BeforeAll
    static void checkAll() throws InterruptedException, IOException {
        long start = System.nanoTime();
        try (StrategyCompiler compiler = StrategyCompiler.open(LIMITS, List.of())) {
            for (String name : ForeignSet.names()) {
                ForeignSet set = ForeignSet.read(name);
                SETS.add(set);
                check(set, compiler);
            }
        }
        String summary = String.format(
                Locale.ROOT,
                "files of others that only compute: %d, refused: %d (%.2f %%), in %d s",
                selected(),
                REFUSED.size(),
                100 * rate(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
        System.out.println(summary);
        Files.writeString(Path.of("target", "foreign-sources.txt"), summary + report());
    }

    @Test
    void fewerThanOneInAHundredIsRefused() {
        assertThat(SETS)
                .extracting(ForeignSet::name)
                .containsExactly("commons-math", "commons-statistics", "jgrapht", "la4j", "ta4j");
        assertThat(selected()).isGreaterThan(1_900);
        assertThat(rate()).isLessThan(0.01);
    }

    @Test
    void everyRefusedFileIsListedWithItsReason() {
        Set<String> listed = new TreeSet<>();
        for (String line : ListFile.lines("foreign-refused.txt")) {
            List<String> words = ListFile.words(line);
            assertThat(words).as("path, rule and reason in '%s'", line).hasSizeGreaterThan(3);
            listed.add(words.get(0) + " " + words.get(1));
        }
        Set<String> refused = REFUSED.values().stream()
                .flatMap(List::stream)
                .map(finding -> finding.path() + " " + finding.rule())
                .collect(Collectors.toSet());
        assertThat(refused).as("%s", REFUSED).containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void everyReasonForLeavingAFileOutIsNeeded() {
        assertThat(SETS.stream().flatMap(set -> set.leftOut().values().stream()))
                .containsAll(OnlyComputes.reasons());
    }

    @Test
    void theSameCheckRefusesMostOfWhatDoesMore() {
        int leftOut = SETS.stream().mapToInt(set -> set.leftOut().size()).sum();
        assertThat(REFUSED_OF_THE_LEFT_OUT).hasSizeGreaterThan(leftOut / 2);
    }

    /** All but files of more characters than any look at trees takes on. */
    @Test
    void theSyntaxTreesAreLookedAt() {
        Set<String> large = SETS.stream()
                .flatMap(set -> set.files().stream().filter(file -> set.isSelected(file.path())))
                .filter(file -> file.size() > LARGEST_LOOK)
                .map(SourceFile::path)
                .collect(Collectors.toSet());
        assertThat(WARNED.getOrDefault("not-parsed", Set.of())).hasSize(2).isEqualTo(large);
    }

    private static void check(ForeignSet set, StrategyCompiler compiler) throws InterruptedException {
        CompilationResult result = compiler.compile(set.files());
        assertThat(result).as(set.name()).isInstanceOf(CompilationResult.Compiled.class);
        Set<String> paths = set.files().stream().map(SourceFile::path).collect(Collectors.toSet());
        ValidationReport ofClasses =
                VALIDATOR.checkClasses(((CompilationResult.Compiled) result).classes(), set.files());
        ValidationReport ofSources = batches(set.files()).parallelStream()
                .map(VALIDATOR::checkSources)
                .reduce(ValidationReport.CLEAN, ValidationReport::and);
        for (Finding finding : ofSources.and(ofClasses).findings()) {
            assertThat(paths).contains(finding.path());
            if (set.isSelected(finding.path())) {
                count(finding);
            } else if (finding.severity() == Finding.Severity.DENY) {
                REFUSED_OF_THE_LEFT_OUT.add(finding.path());
            }
        }
    }

    private static void count(Finding finding) {
        if (finding.severity() == Finding.Severity.DENY) {
            REFUSED.computeIfAbsent(finding.path(), path -> new ArrayList<>()).add(finding);
        } else {
            WARNED.computeIfAbsent(finding.rule(), rule -> new TreeSet<>()).add(finding.path());
        }
    }

    private static List<List<SourceFile>> batches(List<SourceFile> files) {
        List<List<SourceFile>> batches = new ArrayList<>();
        int bytes = BATCH_BYTES;
        for (SourceFile file : files) {
            bytes += file.size();
            if (bytes > BATCH_BYTES) {
                batches.add(new ArrayList<>());
                bytes = file.size();
            }
            batches.get(batches.size() - 1).add(file);
        }
        return batches;
    }

    private static int selected() {
        return SETS.stream().mapToInt(ForeignSet::selected).sum();
    }

    private static double rate() {
        return (double) REFUSED.size() / selected();
    }

    private static String report() {
        StringBuilder report = new StringBuilder("\n\nselected, and left out for doing more than compute:\n");
        SETS.forEach(
                set -> report.append(String.format("%s: %d, left out %s%n", set.name(), set.selected(), counted(set))));
        report.append(
                String.format("of those left out, %d would be refused%n%nwarned:%n", REFUSED_OF_THE_LEFT_OUT.size()));
        WARNED.forEach((rule, paths) -> report.append(String.format("%s: %d files %s%n", rule, paths.size(), paths)));
        report.append(String.format("%nrefused:%n"));
        REFUSED.forEach((path, findings) -> report.append(String.format("%s %s%n", path, findings.get(0))));
        return report.toString();
    }

    private static Map<String, Long> counted(ForeignSet set) {
        return set.leftOut().values().stream()
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
    }
}
