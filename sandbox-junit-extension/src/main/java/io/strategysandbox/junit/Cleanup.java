package io.strategysandbox.junit;

/** What happens when a test ends and something that it leased is still there. It is removed either way. */
public enum Cleanup {
    /** The test fails, naming what was left, and where it was leased. */
    STRICT,
    /** It is told in a report entry {@value SandboxExtension#LEFT}, and the test passes. */
    LENIENT
}
