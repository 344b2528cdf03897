package io.strategysandbox.core.backend;

/** A backend could not do what it promised. The message says what, why, and one fix. */
public class BackendException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Without a cause.
     *
     * @param message what, why, and one fix
     */
    public BackendException(String message) {
        super(message);
    }

    /**
     * With a cause.
     *
     * @param message what, why, and one fix
     * @param cause the root cause
     */
    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
