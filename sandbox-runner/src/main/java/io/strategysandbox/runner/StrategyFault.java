package io.strategysandbox.runner;

/** The strategy broke a rule; the message says which, for its author. */
final class StrategyFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StrategyFault(String message) {
        super(message);
    }
}
