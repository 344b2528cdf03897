package io.strategysandbox.core.monitor;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param name what, in a word
 * @param status how it is
 * @param text what was found
 * @param fix what to do about it; there is one for everything that is not fine
 */
public record Check(String name, Status status, String text, Optional<String> fix) {

    /** How a thing is. */
    public enum Status {
        /** Fine. */
        OK,
        /** Sandboxes work, but not as well as they could. */
        WARN,
        /** No sandbox works, or none can be trusted. */
        FAIL
    }

    /** Refuses what is not fine and has no fix. */
    public Check {
        if ((status == Status.OK) != fix.isEmpty()) {
            throw new IllegalArgumentException(name + ": a fix belongs to what is not fine, and to nothing else");
        }
    }

    static Check ok(String name, String text) {
        return new Check(name, Status.OK, text, Optional.empty());
    }

    static Check warn(String name, String text, String fix) {
        return new Check(name, Status.WARN, text, Optional.of(fix));
    }

    static Check fail(String name, String text, String fix) {
        return new Check(name, Status.FAIL, text, Optional.of(fix));
    }
}
