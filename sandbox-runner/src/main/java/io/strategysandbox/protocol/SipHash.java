package io.strategysandbox.protocol;

/**
 * SipHash-2-4, a keyed 64-bit hash of short messages (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012).
 * It is here because loading the JDK's own message authentication would cost more time than a small backtest takes.
 */
final class SipHash {

    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long word;
    private int length;

    private SipHash(long k0, long k1) {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    /**
     * Starts a hash.
     *
     * @param key 16 bytes, little-endian as in the paper
     */
    static SipHash keyed(byte[] key) {
        if (key.length != Wire.KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + Wire.KEY_BYTES + " bytes, not " + key.length);
        }
        return new SipHash(littleEndian(key, 0), littleEndian(key, 8));
    }

    private static long littleEndian(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    SipHash update(byte[] bytes) {
        for (byte value : bytes) {
            update(value);
        }
        return this;
    }

    SipHash update(long value) {
        for (int shift = 0; shift < 64; shift += 8) {
            update((byte) (value >>> shift));
        }
        return this;
    }

    SipHash update(byte value) {
        word |= (value & 0xffL) << (8 * (length & 7));
        length++;
        if ((length & 7) == 0) {
            absorb(word);
            word = 0;
        }
        return this;
    }

    /** Ends the hash; it must not be used afterwards. */
    long finish() {
        absorb(word | (long) length << 56);
        v2 ^= 0xff;
        for (int i = 0; i < 4; i++) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void absorb(long block) {
        v3 ^= block;
        round();
        round();
        v0 ^= block;
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }
}
