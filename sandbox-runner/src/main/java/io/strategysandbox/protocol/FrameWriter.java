package io.strategysandbox.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Writes each frame with one call and flushes it. Not thread-safe. */
final class FrameWriter {

    private final OutputStream out;
    private Optional<Seal> seal = Optional.empty();

    FrameWriter(OutputStream out) {
        this.out = out;
    }

    /** From the next frame on, each carries a tag. */
    void seal(byte[] key) {
        seal = Optional.of(new Seal(key));
    }

    void write(FrameType type, byte[] payload) throws IOException {
        if (payload.length > type.maxPayload()) {
            throw new ProtocolException(type + ": " + payload.length + " bytes, " + type.maxPayload() + " are allowed");
        }
        ByteBuffer frame = ByteBuffer.allocate(5 + payload.length + (seal.isPresent() ? Wire.TAG_BYTES : 0));
        frame.putInt(payload.length).put((byte) type.code()).put(payload);
        seal.ifPresent(tags -> frame.putLong(tags.next(type, payload)));
        out.write(frame.array());
        out.flush();
    }
}
