package io.strategysandbox.protocol;

/** The types of frames, each with its code and the most bytes its payload may have. */
enum FrameType {
    HELLO(1, Side.RUNNER, 256),
    LOADED(2, Side.RUNNER, 0),
    DECISIONS(3, Side.RUNNER, 8 + 8 * Wire.MAX_BATCH_BARS),
    LOG(4, Side.RUNNER, 1 + Wire.MAX_LOG_BYTES),
    FAILED(5, Side.RUNNER, 128 * 1024),
    DONE(6, Side.RUNNER, 4),
    JOB(17, Side.HOST, Wire.MAX_JOB_BYTES),
    BARS(18, Side.HOST, 8 + 48 * Wire.MAX_BATCH_BARS),
    END(19, Side.HOST, 0),
    FAREWELL(20, Side.HOST, 0);

    /** Who sends a frame. */
    enum Side {
        HOST,
        RUNNER
    }

    private final int code;
    private final Side sender;
    private final int maxPayload;

    FrameType(int code, Side sender, int maxPayload) {
        this.code = code;
        this.sender = sender;
        this.maxPayload = maxPayload;
    }

    int code() {
        return code;
    }

    int maxPayload() {
        return maxPayload;
    }

    static FrameType of(int code, Side sender) throws ProtocolException {
        for (FrameType type : values()) {
            if (type.code == code && type.sender == sender) {
                return type;
            }
        }
        throw new ProtocolException("unknown frame type " + code);
    }
}
