package io.strategysandbox.protocol;

/**
 * The tags of one runner's frames. Each covers the frame's place in the sequence, which both sides count and neither
 * sends, so a frame that is forged, repeated, left out or moved has a wrong tag. Not thread-safe.
 */
final class Seal {

    private final byte[] key;
    private long sequence;

    Seal(byte[] key) {
        this.key = key.clone();
    }

    /** The tag of the next frame. */
    long next(FrameType type, byte[] payload) {
        return SipHash.keyed(key)
                .update(sequence++)
                .update((byte) type.code())
                .update(payload)
                .finish();
    }
}
