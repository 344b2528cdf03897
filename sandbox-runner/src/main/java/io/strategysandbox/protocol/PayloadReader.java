package io.strategysandbox.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Takes a payload apart. Each length is checked against what is left before anything is allocated. */
final class PayloadReader {

    private final FrameType type;
    private final ByteBuffer buffer;

    PayloadReader(FrameType type, byte[] payload) {
        this.type = type;
        this.buffer = ByteBuffer.wrap(payload);
    }

    int unsignedByte() throws ProtocolException {
        need(1);
        return buffer.get() & 0xff;
    }

    int int32() throws ProtocolException {
        need(4);
        return buffer.getInt();
    }

    long int64() throws ProtocolException {
        need(8);
        return buffer.getLong();
    }

    double float64() throws ProtocolException {
        need(8);
        return buffer.getDouble();
    }

    /** A count of items, each of which takes at least {@code itemBytes} bytes of what is left. */
    int count(int max, int itemBytes) throws ProtocolException {
        int count = int32();
        if (count < 0 || count > max || (long) count * itemBytes > buffer.remaining()) {
            throw new ProtocolException(type + ": impossible count " + count);
        }
        return count;
    }

    byte[] bytes(int length) throws ProtocolException {
        need(length);
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    byte[] rest() throws ProtocolException {
        return bytes(buffer.remaining());
    }

    /** A text of at most {@code maxChars} characters. */
    String text(int maxChars) throws ProtocolException {
        byte[] bytes = bytes(count(Integer.MAX_VALUE, 1));
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw (ProtocolException) new ProtocolException(type + ": a text is not UTF-8").initCause(e);
        }
        if (text.length() > maxChars) {
            throw new ProtocolException(
                    type + ": a text of " + text.length() + " characters, " + maxChars + " allowed");
        }
        return text;
    }

    void end() throws ProtocolException {
        if (buffer.hasRemaining()) {
            throw new ProtocolException(type + ": " + buffer.remaining() + " bytes too many");
        }
    }

    private void need(int bytes) throws ProtocolException {
        if (bytes < 0 || bytes > buffer.remaining()) {
            throw new ProtocolException(type + ": " + buffer.remaining() + " bytes where " + bytes + " were due");
        }
    }
}
