package io.strategysandbox.protocol;

import java.io.IOException;

/** What came over the wire is not what the protocol allows. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message what was wrong
     */
    public ProtocolException(String message) {
        super(message);
    }
}
