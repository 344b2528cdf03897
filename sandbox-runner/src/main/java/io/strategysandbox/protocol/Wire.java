package io.strategysandbox.protocol;

/**
 * What both sides agree on. A frame is a 32-bit big-endian payload length, one byte of type, and the payload. After the
 * job, each frame of the runner ends with a 64-bit tag, which its length does not count.
 */
public final class Wire {

    /** The version of the protocol; both sides must have the same. */
    public static final int VERSION = 1;

    /** The most bars in one frame. */
    public static final int MAX_BATCH_BARS = 256;

    /**
     * The most bars a host sends beyond the last acknowledged one. The runner holds that many in memory, about 3 MiB, so
     * that it never stops reading its input and notices at once when the host is gone.
     */
    public static final int MAX_WINDOW_BARS = 65_536;

    /** The most bytes of strategy output in one frame. */
    public static final int MAX_LOG_BYTES = 8 * 1024;

    /** The most bytes of a job: class files, names and parameters. */
    public static final int MAX_JOB_BYTES = 32 * 1024 * 1024;

    /** The most stack frames in a failure. */
    public static final int MAX_STACK_FRAMES = 32;

    /** The most characters of a class name or a stack frame in a failure. */
    public static final int MAX_NAME_CHARS = 512;

    /** The most characters of a message in a failure. */
    public static final int MAX_MESSAGE_CHARS = 4 * 1024;

    /** Bytes of the key that a job carries. */
    public static final int KEY_BYTES = 16;

    /** The first four bytes of the first frame's payload. */
    static final int MAGIC = 0x53534258;

    /** Bytes of a tag. */
    static final int TAG_BYTES = 8;

    private Wire() {}
}
