package io.strategysandbox.core.verdict;

import io.strategysandbox.core.compilation.CompilerMessage;
import io.strategysandbox.core.validation.Finding;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** How the way of a strategy ended. */
public sealed interface Verdict {

    /** {@return the name used in reports, such as {@code TIME_LIMIT_EXCEEDED}} */
    String id();

    /** {@return what happened, in one line, for people} */
    String summary();

    /** {@return whether the strategy ran to its last bar, so that there are metrics} */
    default boolean completed() {
        return this instanceof Ok || this instanceof ExpectationFailed;
    }

    /** It ran to the last bar and met what its manifest expects. */
    record Ok() implements Verdict {
        @Override
        public String id() {
            return "OK";
        }

        @Override
        public String summary() {
            return "ran to the last bar";
        }
    }

    /**
     * It ran to the last bar, but the result is not what its manifest expects.
     *
     * @param unmet each expectation that does not hold, with the value found
     */
    record ExpectationFailed(List<String> unmet) implements Verdict {
        /** Copies the list. */
        public ExpectationFailed {
            unmet = List.copyOf(unmet);
        }

        @Override
        public String id() {
            return "EXPECTATION_FAILED";
        }

        @Override
        public String summary() {
            return String.join("; ", unmet);
        }
    }

    /**
     * It was refused before it ran.
     *
     * @param findings the findings that refuse it, at least one
     */
    record Rejected(List<Finding> findings) implements Verdict {
        /** Copies the list. */
        public Rejected {
            findings = List.copyOf(findings);
        }

        @Override
        public String id() {
            return "REJECTED";
        }

        @Override
        public String summary() {
            Finding first = findings.get(0);
            String place = first.path() + (first.line() > 0 ? ":" + first.line() : "");
            String more = findings.size() > 1 ? " (and " + (findings.size() - 1) + " more)" : "";
            return place + (place.isEmpty() ? "" : ": ") + first.message() + more;
        }
    }

    /**
     * It does not compile.
     *
     * @param messages the compiler's messages, at least one
     */
    record CompileError(List<CompilerMessage> messages) implements Verdict {
        /** Copies the list. */
        public CompileError {
            messages = List.copyOf(messages);
        }

        @Override
        public String id() {
            return "COMPILE_ERROR";
        }

        @Override
        public String summary() {
            CompilerMessage first = messages.get(0);
            String more = messages.size() > 1 ? " (and " + (messages.size() - 1) + " more)" : "";
            return first.path() + ":" + first.line() + ": " + first.message() + more;
        }
    }

    /**
     * It threw, or its process ended before the result.
     *
     * @param exception the exception's class name, or empty if the process just ended
     * @param message the exception's message, or how the process ended
     * @param frames the strategy's own stack frames, innermost first, as {@code Class.method(File.java:12)}
     * @param bar the bar it was at, if that is known
     */
    record RuntimeError(String exception, String message, List<String> frames, OptionalInt bar) implements Verdict {
        /** Copies the list. */
        public RuntimeError {
            frames = List.copyOf(frames);
        }

        @Override
        public String id() {
            return "RUNTIME_ERROR";
        }

        @Override
        public String summary() {
            return (bar.isPresent() ? "bar " + bar.getAsInt() + ": " : "")
                    + exception
                    + (exception.isEmpty() || message.isEmpty() ? "" : ": ")
                    + message
                    + (frames.isEmpty() ? "" : " at " + frames.get(0));
        }
    }

    /**
     * It took too long.
     *
     * @param limit the wall-clock limit
     */
    record TimeLimitExceeded(Duration limit) implements Verdict {
        @Override
        public String id() {
            return "TIME_LIMIT_EXCEEDED";
        }

        @Override
        public String summary() {
            return "no result within " + limit.toMillis() + " ms";
        }
    }

    /**
     * It needed too much memory.
     *
     * @param what which memory, and how it showed
     */
    record MemoryLimitExceeded(String what) implements Verdict {
        @Override
        public String id() {
            return "MEMORY_LIMIT_EXCEEDED";
        }

        @Override
        public String summary() {
            return what;
        }
    }

    /**
     * It printed too much.
     *
     * @param limitBytes the limit, in bytes
     */
    record OutputLimitExceeded(long limitBytes) implements Verdict {
        @Override
        public String id() {
            return "OUTPUT_LIMIT_EXCEEDED";
        }

        @Override
        public String summary() {
            return "printed more than " + limitBytes + " bytes";
        }
    }

    /**
     * It wanted too many threads or processes.
     *
     * @param what how it showed
     */
    record ProcessLimitExceeded(String what) implements Verdict {
        @Override
        public String id() {
            return "PROCESS_LIMIT_EXCEEDED";
        }

        @Override
        public String summary() {
            return what;
        }
    }

    /**
     * What came out of the sandbox was not what an honest runner sends.
     *
     * @param what the violation
     */
    record SecurityViolation(String what) implements Verdict {
        @Override
        public String id() {
            return "SECURITY_VIOLATION";
        }

        @Override
        public String summary() {
            return what;
        }
    }

    /**
     * Ours or the engine's failure, never the strategy's.
     *
     * @param what what failed, why, and what to do
     */
    record InternalFailure(String what) implements Verdict {
        @Override
        public String id() {
            return "INTERNAL_ERROR";
        }

        @Override
        public String summary() {
            return what;
        }
    }
}
