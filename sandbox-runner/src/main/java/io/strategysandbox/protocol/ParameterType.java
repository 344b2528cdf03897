package io.strategysandbox.protocol;

/** The types of parameters and their codes. */
enum ParameterType {
    TEXT(0),
    FLAG(1),
    WHOLE(2),
    DECIMAL(3);

    private final int code;

    ParameterType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ParameterType of(int code) throws ProtocolException {
        for (ParameterType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new ProtocolException("unknown parameter type " + code);
    }
}
