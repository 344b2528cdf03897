package io.strategysandbox.core.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code learning_system.yaml} says: how strategies are taken through the sandbox.
 *
 * @param sandbox the section {@code sandbox}
 * @param monitor who is told what is measured, beside the file that is always written
 */
public record LearningSystemConfig(SandboxSection sandbox, Monitor monitor) {

    /**
     * Who is told what is measured.
     *
     * @param endpoint who asks by HTTP
     * @param push a Pushgateway
     */
    public record Monitor(Endpoint endpoint, Push push) {}

    /**
     * Where the figures are served while a run goes on.
     *
     * @param port the port; 0 means nowhere
     * @param address the address of this machine to listen at
     */
    public record Endpoint(int port, String address) {}

    /**
     * Where the figures are sent at the end of a run.
     *
     * @param url the Pushgateway; absent means nowhere
     * @param job the label {@code job} of the group that is replaced there
     * @param grouping its further labels, as {@code name=value}
     * @param timeout longest wait for a connection, and for the answer
     */
    public record Push(Optional<String> url, String job, List<String> grouping, Duration timeout) {

        /** Copies the list. */
        public Push {
            grouping = List.copyOf(grouping);
        }
    }

    /**
     * How strategies are taken through the sandbox.
     *
     * @param backend where runners live
     * @param isolation how many strategies share a runner
     * @param validation what a finding that refuses does
     * @param parallelism strategies at a time; 0 means as many as cores and memory allow
     * @param failOnViolation whether a verdict other than OK fails the build
     * @param haltOnFailure whether no further strategy is started after the first verdict other than OK
     * @param validator what the validator refuses
     * @param compiler limits of the compiler's worker
     */
    public record SandboxSection(
            BackendChoice backend,
            IsolationMode isolation,
            ValidationMode validation,
            int parallelism,
            boolean failOnViolation,
            boolean haltOnFailure,
            Validator validator,
            Compiler compiler) {

        /**
         * The same section with another backend.
         *
         * @param choice where runners live
         * @return the changed section
         */
        public SandboxSection with(BackendChoice choice) {
            return new SandboxSection(
                    choice, isolation, validation, parallelism, failOnViolation, haltOnFailure, validator, compiler);
        }
    }

    /** Where runners live. */
    public enum BackendChoice {
        /** Docker if an engine answers, otherwise local with a loud warning. */
        AUTO,
        /** Docker or failure. */
        DOCKER,
        /** Child processes of this machine. */
        LOCAL
    }

    /** How many strategies share a runner. */
    public enum IsolationMode {
        /** None: one runner for each strategy. */
        STRATEGY,
        /** The strategies of one group share a runner. */
        GROUP
    }

    /** What a finding that refuses does. */
    public enum ValidationMode {
        /** It refuses the strategy. */
        ENFORCE,
        /** It is listed, and the strategy runs all the same, in a container only. */
        REPORT
    }

    /**
     * What the validator refuses beyond what it always refuses, and what it allows beyond what it always allows.
     *
     * @param strict whether findings about nondeterminism, resources and look-ahead refuse too
     * @param allow lines as in the validator's allow-list: a class or package, then its members
     */
    public record Validator(boolean strict, List<String> allow) {

        /** What is shipped. */
        public static final Validator SHIPPED = new Validator(false, List.of());

        /** Copies the list. */
        public Validator {
            allow = List.copyOf(allow);
        }
    }

    /**
     * Limits of the compiler's worker.
     *
     * @param heapBytes its Java heap in bytes
     * @param timeout longest wall-clock time for one strategy
     */
    public record Compiler(long heapBytes, Duration timeout) {}
}
