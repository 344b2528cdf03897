package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.validation.AllowList.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gives another result in every run is allowed, with a warning; what only looks like it is not warned about. */
class VaryingValuesTest {

    private static final SecurityValidator VALIDATOR = SecurityValidator.create();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.nanoTime()",
                "System.identityHashCode(o)",
                "o.hashCode()",
                "Thousand.ONE.hashCode()",
                "Set.of(1, 2)",
                "Set.copyOf(List.of(1, 2))",
                "Map.of(1, 2, 3, 4)",
                "Map.ofEntries(Map.entry(1, 2))",
                "Map.copyOf(new HashMap<>())",
                "List.of(1, 2).stream().collect(Collectors.toUnmodifiableSet())",
                "List.of(1, 2).stream().collect(Collectors.toUnmodifiableMap(i -> i, i -> i))",
                "new IdentityHashMap<>()",
                "new WeakHashMap<>()",
                "new Random()",
                "UUID.randomUUID()",
                "Locale.getDefault()",
                "LocalDate.now()",
                "Clock.systemUTC()",
                "InstantSource.system()",
                "new Date()",
                "ZoneId.SHORT_IDS",
                "((java.text.Format) null).parseObject(\"\", new java.text.ParsePosition(0))",
                "new java.text.MessageFormat(\"{0}\", Locale.ROOT).getFormats()",
                "new java.text.SimpleDateFormat(\"yy\", Locale.ROOT).get2DigitYearStart()",
                "new java.text.SimpleDateFormat(\"yy\", Locale.ROOT).getCalendar()",
                "TimeZone.getTimeZone(\"UTC\").observesDaylightTime()",
                "new GregorianCalendar()",
                "new GregorianCalendar(Locale.ROOT)",
                "new GregorianCalendar(TimeZone.getTimeZone(\"UTC\"))",
                "new GregorianCalendar(TimeZone.getTimeZone(\"UTC\"), Locale.ROOT)",
                "shuffled(l -> Collections.shuffle(l))",
            })
    void whatDiffersBetweenRunsIsAWarning(String expression) {
        assertThat(findings(expression)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
            assertThat(finding.category()).isEqualTo(Category.NONDETERMINISM);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\".hashCode()",
                "Integer.valueOf(1).hashCode()",
                "List.of(1, 2).hashCode()",
                "List.of(1, 2)",
                "new LinkedHashSet<>(List.of(1, 2))",
                "Map.entry(1, 2)",
                "new Random(1)",
                "new GregorianCalendar(2013, 1, 2)",
                "Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)",
                "shuffled(l -> Collections.shuffle(l, new Random(1)))",
            })
    void whatIsTheSameInEveryRunIsNot(String expression) {
        assertThat(findings(expression)).isEmpty();
    }

    /** By the list, as not every JDK that runs this test has them. */
    @Test
    void whatANewerJdkAddsIsDecidedOnAnyJdk() {
        AllowList allowList = AllowList.load();
        assertThat(allowList.decide(
                        "java.math.BigInteger", "parallelMultiply", "(Ljava/math/BigInteger;)Ljava/math/BigInteger;"))
                .isEqualTo(Decision.REFUSED);
        assertThat(allowList.decide("java.util.Objects", "toIdentityString", "(Ljava/lang/Object;)Ljava/lang/String;"))
                .isEqualTo(Decision.VARYING);
    }

    @Test
    void constantsThatDescribeThemselvesAreRefused() {
        assertThat(findings("\"a\".describeConstable()"))
                .anyMatch(finding -> finding.severity() == Finding.Severity.DENY);
        assertThat(findings("Thousand.ONE.describeConstable()"))
                .anyMatch(finding -> finding.severity() == Finding.Severity.DENY);
    }

    private static List<Finding> findings(String expression) {
        List<SourceFile> sources = InMemoryCompiler.sources(Map.of(
                "A.java",
                "import java.time.*; import java.util.*; import java.util.function.*; import java.util.stream.*; class A {"
                        + " enum Thousand { ONE } Object m(Object o) { return "
                        + expression
                        + "; } static List<Integer> shuffled(Consumer<List<Integer>> by) { List<Integer> l = new"
                        + " ArrayList<>(List.of(1, 2)); by.accept(l); return l; } }"));
        return VALIDATOR
                .checkClasses(InMemoryCompiler.compile(sources), sources)
                .findings();
    }
}
