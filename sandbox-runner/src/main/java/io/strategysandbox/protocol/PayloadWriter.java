package io.strategysandbox.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts a payload together. */
final class PayloadWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PayloadWriter unsignedByte(int value) {
        bytes.write(value);
        return this;
    }

    PayloadWriter int32(int value) {
        return bytes(ByteBuffer.allocate(4).putInt(value).array());
    }

    PayloadWriter int64(long value) {
        return bytes(ByteBuffer.allocate(8).putLong(value).array());
    }

    PayloadWriter float64(double value) {
        return int64(Double.doubleToRawLongBits(value));
    }

    PayloadWriter bytes(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    /** A text; what is no character (half a surrogate pair) becomes a question mark. */
    PayloadWriter text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        return int32(encoded.length).bytes(encoded);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
