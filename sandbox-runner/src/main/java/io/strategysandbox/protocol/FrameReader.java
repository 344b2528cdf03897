package io.strategysandbox.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/** Cuts a stream of hostile bytes into frames. */
final class FrameReader {

    private static final int HEADER_BYTES = 5;

    private final InputStream in;
    private final FrameType.Side sender;
    private Optional<Seal> seal = Optional.empty();

    FrameReader(InputStream in, FrameType.Side sender) {
        this.in = in;
        this.sender = sender;
    }

    /** From the next frame on, each must carry a tag. */
    void seal(byte[] key) {
        seal = Optional.of(new Seal(key));
    }

    /**
     * Reads a frame.
     *
     * @return the frame; empty at the end of the stream
     * @throws ProtocolException if it is not one that may come here
     * @throws EOFException if the stream ends within the frame
     * @throws IOException if reading fails
     */
    Optional<RawFrame> read() throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length == 0) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(complete(header, HEADER_BYTES));
        int length = fields.getInt();
        FrameType type = FrameType.of(fields.get() & 0xff, sender);
        if (length < 0 || length > type.maxPayload()) {
            throw new ProtocolException(type + ": impossible length " + Integer.toUnsignedString(length));
        }
        byte[] payload = complete(in.readNBytes(length), length);
        if (seal.isPresent()) {
            verify(seal.get(), type, payload);
        }
        return Optional.of(new RawFrame(type, payload));
    }

    private void verify(Seal expected, FrameType type, byte[] payload) throws IOException {
        byte[] tag = complete(in.readNBytes(Wire.TAG_BYTES), Wire.TAG_BYTES);
        byte[] due = ByteBuffer.allocate(Wire.TAG_BYTES)
                .putLong(expected.next(type, payload))
                .array();
        if (!MessageDigest.isEqual(due, tag)) {
            throw new ProtocolException(type + ": wrong tag");
        }
    }

    private static byte[] complete(byte[] bytes, int due) throws EOFException {
        if (bytes.length < due) {
            throw new EOFException("the stream ended within a frame");
        }
        return bytes;
    }

    /** A frame's type and payload. */
    static final class RawFrame {
        private final FrameType type;
        private final byte[] payload;

        RawFrame(FrameType type, byte[] payload) {
            this.type = type;
            this.payload = payload;
        }

        FrameType type() {
            return type;
        }

        PayloadReader payload() {
            return new PayloadReader(type, payload);
        }
    }
}
