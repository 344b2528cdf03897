package io.strategysandbox.core.report;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.compilation.CompilerMessage;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Verdict;
import io.strategysandbox.core.verdict.Verdict.CompileError;
import io.strategysandbox.core.verdict.Verdict.ExpectationFailed;
import io.strategysandbox.core.verdict.Verdict.Rejected;
import io.strategysandbox.core.verdict.Verdict.RuntimeError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A result in words, for failure messages. */
public final class ResultText {

    /** Of what a strategy or its JVM wrote, the last part tells most. */
    private static final int MOST_PRINTED = 2_000;

    private static final int MOST_LINES = 50;
    private static final int MOST_COLUMNS = 400;

    private ResultText() {}

    /**
     * What refuses a strategy, whether it ran all the same or not.
     *
     * @param result the result
     * @return a line such as {@code folder/File.java:12: rule: message} for each finding that refuses it, and for each message
     *     of the compiler, safe to show; empty if nothing refuses it
     */
    public static List<String> refusals(BacktestResult result) {
        Stream<String> found = result.findings().stream()
                .filter(finding -> finding.severity() == Severity.DENY)
                .map(finding -> line(result.directory(), finding));
        Stream<String> compiler = result.verdict() instanceof CompileError error
                ? error.messages().stream().map(message -> line(result.directory(), message))
                : Stream.of();
        // Two layers may find the same.
        return Stream.concat(found, compiler).map(ResultText::shown).distinct().toList();
    }

    /**
     * Everything that was found, whether it refuses the strategy or not.
     *
     * @param result the result
     * @return a line such as {@code folder/File.java:12: rule: message} for each finding, safe to show
     */
    public static List<String> findings(BacktestResult result) {
        return result.findings().stream()
                .map(finding -> shown(line(result.directory(), finding)))
                .distinct()
                .toList();
    }

    /**
     * What makes a directory unusable.
     *
     * @param broken the directory
     * @return a line such as {@code folder/strategy.yaml:12: rule: message} for each problem, safe to show
     */
    public static List<String> refusals(Candidate.Broken broken) {
        return broken.problems().stream()
                .map(problem ->
                        Place.line(problem.path(), problem.line()) + ": " + problem.rule() + ": " + problem.message())
                .map(ResultText::shown)
                .toList();
    }

    /**
     * A result in one line.
     *
     * @param result the result
     * @return the verdict and what happened, cut to fit, safe to show
     */
    public static String headline(BacktestResult result) {
        return PrintableText.line(
                result.verdict().id() + ": " + result.verdict().summary(), MOST_COLUMNS);
    }

    /**
     * Lines under a heading.
     *
     * @param heading what they are
     * @param lines the lines
     * @return both; the number of lines that are left out instead of those from the 51st on
     */
    public static String list(String heading, List<String> lines) {
        String more = lines.size() > MOST_LINES ? "\n  and " + (lines.size() - MOST_LINES) + " more" : "";
        return heading
                + lines.stream().limit(MOST_LINES).map(line -> "\n  " + line).collect(Collectors.joining())
                + more;
    }

    /**
     * A result that is not OK, for the message of a failure.
     *
     * @param result the result
     * @return the verdict, why, and what it rests on, safe to show
     */
    public static String failure(BacktestResult result) {
        Evidence evidence = result.evidence();
        String reasons = reasons(result).strip();
        String facts = facts(result);
        return shown(result.verdict().id() + ": " + reasons
                + (facts.isEmpty() ? "" : "\n" + facts)
                + part("it printed", printed(evidence))
                + part("its JVM wrote", evidence.runnerErrors()));
    }

    private static String facts(BacktestResult result) {
        Evidence evidence = result.evidence();
        if (evidence.leaseId().isEmpty()) {
            return "";
        }
        List<String> facts = new ArrayList<>();
        facts.add("runner " + evidence.leaseId() + " (" + evidence.instance() + ")");
        facts.add("ran " + result.timings().runMs() + " ms");
        facts.add(evidence.decisions() + " decisions");
        facts.add("last frame " + (evidence.lastFrame().isEmpty() ? "none" : evidence.lastFrame()));
        result.resources().exitCode().ifPresent(code -> facts.add("exit code " + code));
        result.resources().peakMemoryBytes().ifPresent(bytes -> facts.add("peak memory " + bytes + " bytes"));
        facts.addAll(evidence.notes());
        return String.join(", ", facts);
    }

    private static String part(String heading, String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return "";
        }
        boolean whole = stripped.length() <= MOST_PRINTED;
        return "\n" + heading + (whole ? ":\n" : ", at the end:\n")
                + (whole ? stripped : stripped.substring(stripped.length() - MOST_PRINTED));
    }

    /** Text without anything that a terminal obeys but line ends. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c != '\n' && c != '\t' && PrintableText.invisible(c)) {
                shown.append(PrintableText.escape(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /**
     * Why a result is not OK, each reason in a line of its own.
     *
     * @param result the result
     * @return lines such as {@code folder/File.java:12: rule: message}, each ended; as the strategy chose them, so not to be
     *     shown as they are
     */
    static String reasons(BacktestResult result) {
        Verdict verdict = result.verdict();
        if (verdict instanceof Rejected rejected) {
            return lines(rejected.findings().stream()
                    .map(finding -> line(result.directory(), finding))
                    .toList());
        }
        if (verdict instanceof CompileError error) {
            return lines(error.messages().stream()
                    .map(message -> line(result.directory(), message))
                    .toList());
        }
        if (verdict instanceof ExpectationFailed failed) {
            return lines(failed.unmet());
        }
        if (verdict instanceof RuntimeError error) {
            String frames = lines(error.frames().stream().map(f -> "\tat " + f).toList());
            return lines(List.of(verdict.summary())) + frames;
        }
        return lines(List.of(verdict.summary()));
    }

    private static String line(String directory, Finding finding) {
        return Place.line(Place.file(directory, finding.path()), finding.line()) + ": " + finding.rule() + ": "
                + finding.message();
    }

    private static String line(String directory, CompilerMessage message) {
        return Place.line(Place.file(directory, message.path()), message.line()) + ": " + message.message();
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> PrintableText.bounded(line) + "\n").collect(Collectors.joining());
    }

    /**
     * What a strategy printed.
     *
     * @param evidence what is known of its run
     * @return head and tail, with a line between them that says how much is missing there
     */
    static String printed(Evidence evidence) {
        String gap = evidence.outputDroppedBytes() > 0
                ? "\n[... " + evidence.outputDroppedBytes() + " of " + evidence.outputBytes()
                        + " bytes were not kept ...]\n"
                : "";
        return evidence.outputHead() + gap + evidence.outputTail();
    }
}
