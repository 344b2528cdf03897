package io.strategysandbox.core.backend;

import io.strategysandbox.core.verdict.Verdict;
import io.strategysandbox.protocol.RunnerMessage.Failed;
import io.strategysandbox.protocol.RunnerMessage.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From evidence to verdict. When several things happened, the one that explains the others wins: a forged message
 * makes all later ones worthless, a limit explains an end, somebody else's hand
 * explains one without a limit, and an end explains a missing result. A result counts only
 * if it came before the deadline and nothing above speaks against it.
 */
final class VerdictDerivation {

    /** What the JVM says in front of the error when {@code ExitOnOutOfMemoryError} ends it. */
    private static final String ENDS_DUE_TO = "Terminating due to ";

    private final Duration timeout;
    private final long outputLimitBytes;

    VerdictDerivation(Duration timeout, long outputLimitBytes) {
        this.timeout = timeout;
        this.outputLimitBytes = outputLimitBytes;
    }

    Verdict derive(Observations seen) {
        if (!seen.ready()) {
            return outside(seen).orElseGet(() -> notReady(seen));
        }
        if (seen.violation().isPresent()) {
            return new Verdict.SecurityViolation(seen.violation().get());
        }
        if (seen.outputExceeded() || failed(seen, Kind.OUTPUT).isPresent()) {
            return new Verdict.OutputLimitExceeded(outputLimitBytes);
        }
        return memory(seen)
                .or(() -> processes(seen))
                .or(() -> outside(seen))
                .or(() -> deadline(seen))
                .orElseGet(() -> ending(seen));
    }

    private static Verdict notReady(Observations seen) {
        return new Verdict.InternalFailure((seen.killed() && seen.violation().isEmpty()
                        ? "the runner did not get ready in time"
                        : "the runner ended before it was ready" + exitWords(seen))
                + (seen.violation().isPresent() ? ": " + seen.violation().get() : "")
                + (seen.runnerErrors().isBlank() ? "" : "; it said: " + CleanText.line(seen.runnerErrors()))
                + "; the strategy had not been sent yet. Run scripts/setup_docker_sandbox.sh --check");
    }

    private static Optional<Verdict> memory(Observations seen) {
        Optional<Failed> reported = failed(seen, Kind.MEMORY);
        if (reported.isPresent()) {
            return Optional.of(new Verdict.MemoryLimitExceeded(words(reported.get())));
        }
        if (seen.exit().map(ExitStatus::oomKilled).orElse(false)) {
            return Optional.of(
                    new Verdict.MemoryLimitExceeded("the kernel killed it for using more memory than the sandbox has"));
        }
        boolean ownExit = seen.exit()
                .map(status -> status.exitCode() == RunnerLaunch.EXIT_OUT_OF_MEMORY)
                .orElse(false);
        return ownExit && seen.jvmOutOfMemory()
                ? Optional.of(new Verdict.MemoryLimitExceeded("its JVM ran out of memory: " + jvmLine(seen)))
                : Optional.empty();
    }

    /** What the JVM said of the kind of memory, or the general term if that was not kept. */
    private static String jvmLine(Observations seen) {
        return seen.runnerErrors()
                .lines()
                .filter(line -> line.contains(ENDS_DUE_TO))
                .map(line -> CleanText.line(line.substring(line.indexOf(ENDS_DUE_TO) + ENDS_DUE_TO.length())))
                .findFirst()
                .orElse("java.lang.OutOfMemoryError");
    }

    private static Optional<Verdict> processes(Observations seen) {
        Optional<Failed> reported = failed(seen, Kind.PROCESSES);
        if (reported.isPresent()) {
            return Optional.of(new Verdict.ProcessLimitExceeded(words(reported.get())));
        }
        return seen.usage().processLimitHit() || seen.threadRefused()
                ? Optional.of(new Verdict.ProcessLimitExceeded("it wanted more threads or processes than it gets"))
                : Optional.empty();
    }

    /** Somebody else's doing explains a missing result; one that came in time needs no explanation. */
    private static Optional<Verdict> outside(Observations seen) {
        boolean inTime = (seen.done() || seen.failed().isPresent()) && !seen.deadlineExceeded();
        return seen.exit()
                .flatMap(ExitStatus::outside)
                .filter(what -> !inTime)
                .map(what -> new Verdict.InternalFailure("the sandbox was ended or held up from outside, " + what
                        + " through the engine: not the strategy's doing, and not this build's; run again"));
    }

    private Optional<Verdict> deadline(Observations seen) {
        return seen.deadlineExceeded() ? Optional.of(new Verdict.TimeLimitExceeded(timeout)) : Optional.empty();
    }

    private static Verdict ending(Observations seen) {
        if (seen.failed().isPresent()) {
            Failed failed = seen.failed().get();
            return new Verdict.RuntimeError(
                    CleanText.line(failed.exception()),
                    CleanText.line(failed.message()),
                    failed.frames().stream().map(CleanText::line).toList(),
                    failed.bar() < 0 ? OptionalInt.empty() : OptionalInt.of(failed.bar()));
        }
        if (seen.done()) {
            return new Verdict.Ok();
        }
        String what = seen.killed()
                ? "its output ended before the result, and it was killed"
                : "the process ended before the result" + exitWords(seen);
        return new Verdict.RuntimeError("", what, List.of(), OptionalInt.empty());
    }

    private static Optional<Failed> failed(Observations seen, Kind kind) {
        return seen.failed().filter(failed -> failed.kind() == kind);
    }

    private static String words(Failed failed) {
        String where = failed.bar() < 0 ? "" : "bar " + failed.bar() + ": ";
        return CleanText.line(where + failed.exception() + (failed.message().isEmpty() ? "" : ": " + failed.message()));
    }

    private static String exitWords(Observations seen) {
        return seen.exit().map(status -> ", exit code " + status.exitCode()).orElse("");
    }
}
