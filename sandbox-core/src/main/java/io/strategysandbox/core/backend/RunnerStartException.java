package io.strategysandbox.core.backend;

import java.util.Optional;

/** A runner was made, but could not be put to use. */
public final class RunnerStartException extends BackendException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<String> inspection;

    /**
     * With what was seen of the runner.
     *
     * @param cause why; its message is this one's
     * @param inspection as {@link Lease#inspection()}
     */
    public RunnerStartException(BackendException cause, Optional<String> inspection) {
        super(String.valueOf(cause.getMessage()), cause);
        this.inspection = inspection;
    }

    /** {@return as {@link Lease#inspection()}} */
    public Optional<String> inspection() {
        return inspection;
    }
}
