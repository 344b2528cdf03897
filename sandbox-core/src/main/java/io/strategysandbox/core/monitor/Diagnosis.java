package io.strategysandbox.core.monitor;

import io.strategysandbox.core.monitor.Check.Status;
import java.util.List;

/**
 * How an engine and this machine are, for running sandboxes.
 *
 * @param checks what was looked at, in the order in which to read it
 * @param engineAnswers whether there is an engine that can be used
 */
public record Diagnosis(List<Check> checks, boolean engineAnswers) {

    /** Copies the list. */
    public Diagnosis {
        checks = List.copyOf(checks);
    }

    /**
     * How many checks ended like that.
     *
     * @param status the status
     * @return the number
     */
    public long count(Status status) {
        return checks.stream().filter(check -> check.status() == status).count();
    }

    /** {@return all in one line} */
    public String summary() {
        String where = !engineAnswers
                ? "strategies cannot run in containers here"
                : count(Status.FAIL) > 0 ? "containers here cannot be trusted" : "strategies run in containers here";
        return where + ": " + count(Status.OK) + " fine, " + count(Status.WARN) + " to look at, " + count(Status.FAIL)
                + " broken";
    }
}
