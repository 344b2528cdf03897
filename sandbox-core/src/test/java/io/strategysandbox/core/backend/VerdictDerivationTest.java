package io.strategysandbox.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.verdict.Verdict;
import io.strategysandbox.protocol.RunnerMessage.Failed;
import io.strategysandbox.protocol.RunnerMessage.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each piece of evidence alone, and who wins when there are several. */
class VerdictDerivationTest {

    private static final String TERMINATING = "Terminating due to java.lang.OutOfMemoryError: Java heap space\n";

    private static final Pattern PLUS = Pattern.compile(" \\+ ");

    /** Evidence in the making; starts as a runner that got ready and exited with 0. */
    private static final class Seen {
        private boolean ready = true;
        private Optional<String> violation = Optional.empty();
        private boolean output;
        private boolean deadline;
        private Optional<Failed> failed = Optional.empty();
        private boolean done;
        private boolean jvmMemory;
        private boolean jvmThread;
        private int exitCode;
        private boolean oomKilled;
        private boolean pids;
        private boolean killed;
        private Optional<String> outside = Optional.empty();

        private Seen with(String piece) {
            switch (piece) {
                case "not ready" -> ready = false;
                case "violation" -> violation = Optional.of("wrong tag");
                case "output" -> output = true;
                case "deadline" -> deadline = true;
                case "done" -> done = true;
                case "jvm memory line" -> jvmMemory = true;
                case "jvm thread line" -> jvmThread = true;
                case "oom killed" -> oomKilled = true;
                case "pids" -> pids = true;
                case "killed" -> killed = true;
                case "outside" -> outside = Optional.of("it was paused");
                case "exit 3", "exit 137", "exit 1" -> exitCode = Integer.parseInt(piece.substring(5));
                default ->
                    failed = Optional.of(new Failed(Kind.valueOf(piece), "a.B", "why", List.of("S.m(S.java:1)"), 4));
            }
            return this;
        }

        private Verdict verdict() {
            Observations seen = new Observations(
                    ready,
                    violation,
                    output,
                    deadline,
                    failed,
                    done,
                    jvmMemory,
                    jvmThread,
                    Optional.of(new ExitStatus(exitCode, oomKilled, outside)),
                    new ResourceUsage(OptionalLong.empty(), OptionalLong.empty(), pids),
                    killed,
                    jvmMemory ? TERMINATING : "");
            return new VerdictDerivation(Duration.ofSeconds(9), 77).derive(seen);
        }
    }

    private static Verdict verdict(String pieces) {
        Seen seen = new Seen();
        PLUS.splitAsStream(pieces).forEach(seen::with);
        return seen.verdict();
    }

    @TestFactory
    List<DynamicTest> evidenceLeadsToVerdicts() {
        String[][] table = {
            {"done", "OK"},
            {"done + killed", "OK"},
            {"done + exit 137", "OK"},
            {"done + deadline", "TIME_LIMIT_EXCEEDED"},
            {"done + violation", "SECURITY_VIOLATION"},
            {"done + output", "OUTPUT_LIMIT_EXCEEDED"},
            {"done + oom killed", "MEMORY_LIMIT_EXCEEDED"},
            {"done + jvm thread line", "PROCESS_LIMIT_EXCEEDED"},
            {"violation + output", "SECURITY_VIOLATION"},
            {"violation + deadline", "SECURITY_VIOLATION"},
            {"violation + oom killed", "SECURITY_VIOLATION"},
            {"output + oom killed", "OUTPUT_LIMIT_EXCEEDED"},
            {"OUTPUT", "OUTPUT_LIMIT_EXCEEDED"},
            {"output + deadline", "OUTPUT_LIMIT_EXCEEDED"},
            {"MEMORY", "MEMORY_LIMIT_EXCEEDED"},
            {"oom killed + exit 137", "MEMORY_LIMIT_EXCEEDED"},
            {"exit 3 + jvm memory line", "MEMORY_LIMIT_EXCEEDED"},
            {"exit 3", "RUNTIME_ERROR"},
            {"exit 1 + jvm memory line", "RUNTIME_ERROR"},
            {"exit 137", "RUNTIME_ERROR"},
            {"exit 1", "RUNTIME_ERROR"},
            {"killed", "RUNTIME_ERROR"},
            {"oom killed + deadline", "MEMORY_LIMIT_EXCEEDED"},
            {"oom killed + pids", "MEMORY_LIMIT_EXCEEDED"},
            {"pids", "PROCESS_LIMIT_EXCEEDED"},
            {"PROCESSES", "PROCESS_LIMIT_EXCEEDED"},
            {"jvm thread line + RUNTIME", "PROCESS_LIMIT_EXCEEDED"},
            {"pids + deadline", "PROCESS_LIMIT_EXCEEDED"},
            {"deadline + killed + exit 137", "TIME_LIMIT_EXCEEDED"},
            {"deadline + RUNTIME", "TIME_LIMIT_EXCEEDED"},
            {"RUNTIME", "RUNTIME_ERROR"},
            {"outside", "INTERNAL_ERROR"},
            {"outside + exit 137", "INTERNAL_ERROR"},
            {"outside + killed", "INTERNAL_ERROR"},
            {"outside + deadline", "INTERNAL_ERROR"},
            {"outside + deadline + done", "INTERNAL_ERROR"},
            {"outside + deadline + RUNTIME", "INTERNAL_ERROR"},
            {"outside + done", "OK"},
            {"outside + RUNTIME", "RUNTIME_ERROR"},
            {"outside + oom killed", "MEMORY_LIMIT_EXCEEDED"},
            {"outside + pids", "PROCESS_LIMIT_EXCEEDED"},
            {"outside + output", "OUTPUT_LIMIT_EXCEEDED"},
            {"outside + violation", "SECURITY_VIOLATION"},
            {"not ready", "INTERNAL_ERROR"},
            {"not ready + killed", "INTERNAL_ERROR"},
            {"not ready + violation", "INTERNAL_ERROR"},
            {"not ready + oom killed", "INTERNAL_ERROR"},
        };
        List<DynamicTest> tests = new ArrayList<>();
        for (String[] row : table) {
            tests.add(DynamicTest.dynamicTest(
                    row[0] + " is " + row[1],
                    () -> assertThat(verdict(row[0]).id()).isEqualTo(row[1])));
        }
        return tests;
    }

    @Test
    void wordsSayWhatHappened() {
        assertThat(verdict("exit 137").summary()).isEqualTo("the process ended before the result, exit code 137");
        assertThat(verdict("RUNTIME").summary()).isEqualTo("bar 4: a.B: why at S.m(S.java:1)");
        assertThat(verdict("exit 3 + jvm memory line").summary())
                .isEqualTo("its JVM ran out of memory: java.lang.OutOfMemoryError: Java heap space");
        assertThat(verdict("MEMORY").summary()).isEqualTo("bar 4: a.B: why");
        assertThat(verdict("deadline").summary()).isEqualTo("no result within 9000 ms");
    }
}
