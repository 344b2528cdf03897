package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.validation.Category;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Resources;
import io.strategysandbox.core.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultTextTest {

    @Test
    void aFailureShowsWhatTheVerdictRestsOnAndNothingThatATerminalObeys() {
        Verdict thrown = new Verdict.RuntimeError(
                "java.lang.IllegalStateException", "\u001b[31mred", List.of("A.onBar(A.java:7)"), OptionalInt.of(4));
        Evidence evidence = new Evidence(
                "lease-1",
                "container-1",
                false,
                false,
                "FAILED",
                3,
                9,
                0,
                "\u001b]0;owned\n",
                "",
                "warning",
                List.of());
        Resources resources = new Resources(OptionalLong.of(1024), OptionalLong.empty(), false, OptionalInt.of(1));

        String text = ResultText.failure(result(thrown, List.of(), evidence, resources));

        assertThat(text)
                .startsWith("RUNTIME_ERROR: bar 4: java.lang.IllegalStateException: \\u001B[31mred")
                .contains("\tat A.onBar(A.java:7)")
                .contains("runner lease-1 (container-1)")
                .contains("3 decisions, last frame FAILED, exit code 1, peak memory 1024 bytes")
                .contains("it printed:\n\\u001B]0;owned")
                .contains("its JVM wrote:\nwarning")
                .doesNotContain("\u001b");
    }

    @Test
    void onlyTheEndOfALongOutputIsShown() {
        String printed = "x".repeat(5_000) + "the end";
        Evidence evidence = new Evidence("l", "c", false, false, "", 0, 5_007, 0, printed, "", "", List.of());

        String text = ResultText.failure(result(
                new Verdict.TimeLimitExceeded(java.time.Duration.ofSeconds(1)), List.of(), evidence, Resources.NONE));

        assertThat(text).contains("it printed, at the end:").endsWith("the end").hasSizeLessThan(2_500);
    }

    @Test
    void refusalsAreFindingsThatRefuseAndWhatTheCompilerSays() {
        Finding deny = finding("process-start", Severity.DENY);
        Finding warn = finding("odd-name", Severity.WARN);

        assertThat(ResultText.refusals(result(new Verdict.Ok(), List.of(warn), Evidence.NONE, Resources.NONE)))
                .isEmpty();
        assertThat(ResultText.refusals(result(new Verdict.Ok(), List.of(warn, deny), Evidence.NONE, Resources.NONE)))
                .containsExactly("a/b/A.java:3: process-start: not allowed");
    }

    @Test
    void aListOfManyLinesSaysHowManyAreLeftOut() {
        List<String> lines = IntStream.range(0, 60).mapToObj(i -> "line " + i).toList();

        assertThat(ResultText.list("refused:", lines.subList(0, 2))).isEqualTo("refused:\n  line 0\n  line 1");
        assertThat(ResultText.list("refused:", lines)).contains("line 49").endsWith("and 10 more");
    }

    private static Finding finding(String rule, Severity severity) {
        return new Finding(rule, Category.OTHER, severity, Layer.AST, "A.java", 3, 1, "not allowed");
    }

    private static BacktestResult result(
            Verdict verdict, List<Finding> findings, Evidence evidence, Resources resources) {
        return new BacktestResult(
                "b",
                "a/b",
                verdict,
                Optional.empty(),
                findings,
                Optional.empty(),
                List.of(),
                new BacktestResult.Timings(0, 0, 0, 0, 0),
                resources,
                evidence,
                Optional.empty(),
                Optional.empty());
    }
}
