package io.strategysandbox.protocol;

import java.util.List;

/** What a runner says to its host. */
public sealed interface RunnerMessage {

    /** {@return the name used in evidence, such as {@code DONE}} */
    String name();

    /**
     * The runner stands ready. The only frame without a tag, sent before any strategy code is there.
     *
     * @param version the runner's protocol version
     * @param java the version of its Java, such as {@code 17.0.15}
     */
    record Hello(int version, String java) implements RunnerMessage {
        @Override
        public String name() {
            return "HELLO";
        }
    }

    /** The strategy's entry class was found and could be used. */
    record Loaded() implements RunnerMessage {
        @Override
        public String name() {
            return "LOADED";
        }
    }

    /** Decisions on consecutive bars, which acknowledges these bars. */
    final class Decided implements RunnerMessage {
        private final int firstIndex;
        private final double[] targets;

        /**
         * Decisions.
         *
         * @param firstIndex the index of the first bar
         * @param targets the target exposure after each bar; any double, the host checks; copied
         */
        public Decided(int firstIndex, double[] targets) {
            this.firstIndex = firstIndex;
            this.targets = targets.clone();
        }

        /** {@return the index of the first bar} */
        public int firstIndex() {
            return firstIndex;
        }

        /** {@return a copy of the targets, one or more} */
        public double[] targets() {
            return targets.clone();
        }

        @Override
        public String name() {
            return "DECISIONS";
        }
    }

    /** Something that the strategy printed. */
    final class Log implements RunnerMessage {
        private final boolean error;
        private final byte[] bytes;

        /**
         * Output.
         *
         * @param error whether it went to the standard error stream
         * @param bytes what was printed, at most {@value Wire#MAX_LOG_BYTES} bytes; copied
         */
        public Log(boolean error, byte[] bytes) {
            this.error = error;
            this.bytes = bytes.clone();
        }

        /** {@return whether it went to the standard error stream} */
        public boolean error() {
            return error;
        }

        /** {@return a copy of what was printed} */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String name() {
            return "LOG";
        }
    }

    /** Why a strategy could not go on. */
    enum Kind {
        /** It threw, or broke a rule. */
        RUNTIME(0),
        /** It ran out of heap, metaspace or direct memory. */
        MEMORY(1),
        /** It wanted more threads than it gets. */
        PROCESSES(2),
        /** It printed more than it may. */
        OUTPUT(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Kind of(int code) throws ProtocolException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new ProtocolException("FAILED: unknown kind " + code);
        }
    }

    /**
     * The strategy could not go on. The last frame.
     *
     * @param kind why
     * @param exception the class name of what it threw; empty if it broke a rule
     * @param message the exception's message, or the rule
     * @param frames the strategy's own stack frames, innermost first, as {@code a.b.Cls.method(Cls.java:12)}
     * @param bar the index of the bar it was at; -1 if it was at none
     */
    record Failed(Kind kind, String exception, String message, List<String> frames, int bar) implements RunnerMessage {
        /** Copies the list. */
        public Failed {
            frames = List.copyOf(frames);
        }

        @Override
        public String name() {
            return "FAILED";
        }
    }

    /**
     * All bars were decided on. The last frame.
     *
     * @param bars their number
     */
    record Done(int bars) implements RunnerMessage {
        @Override
        public String name() {
            return "DONE";
        }
    }
}
