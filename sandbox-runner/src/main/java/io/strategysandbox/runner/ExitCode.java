package io.strategysandbox.runner;

/** The exit codes of a runner that ends by itself. */
final class ExitCode {

    /** The last message is out, and the host has let it go. */
    static final int SAID_ALL = 0;

    /** The host is gone, or does not speak this protocol. */
    static final int HOST_GONE = 70;

    /** The longest that a runner may live is over, and nobody has ended it. */
    static final int OVERDUE = 71;

    private ExitCode() {}
}
