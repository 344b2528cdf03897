package io.strategysandbox.api;

/** A parameter that a strategy asks for is missing or of another type; the message names it. */
public final class ParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message for the strategy's author.
     *
     * @param message names the parameter and what is wrong with it
     */
    public ParameterException(String message) {
        super(message);
    }
}
