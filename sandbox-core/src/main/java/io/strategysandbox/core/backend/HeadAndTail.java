package io.strategysandbox.core.backend;

import java.util.Arrays;

/** Keeps the beginning and the end of a stream of bytes, and counts all of them. Not thread-safe. */
final class HeadAndTail {

    private final byte[] head;
    private final byte[] tail;
    private long count;

    /**
     * Nothing yet.
     *
     * @param headBytes how much of the beginning is kept
     * @param tailBytes how much of the end is kept, beyond the head
     */
    HeadAndTail(int headBytes, int tailBytes) {
        head = new byte[headBytes];
        tail = new byte[tailBytes];
    }

    void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (count < head.length) {
                head[(int) count] = bytes[i];
            } else if (tail.length > 0) {
                tail[(int) ((count - head.length) % tail.length)] = bytes[i];
            }
            count++;
        }
    }

    long count() {
        return count;
    }

    /** {@return how many bytes between head and tail are lost} */
    long dropped() {
        return Math.max(0, count - head.length - tail.length);
    }

    byte[] head() {
        return Arrays.copyOf(head, (int) Math.min(count, head.length));
    }

    byte[] tail() {
        long beyond = Math.max(0, count - head.length);
        if (beyond <= tail.length) {
            return Arrays.copyOf(tail, (int) beyond);
        }
        int start = (int) (beyond % tail.length);
        byte[] ordered = new byte[tail.length];
        System.arraycopy(tail, start, ordered, 0, tail.length - start);
        System.arraycopy(tail, 0, ordered, tail.length - start, start);
        return ordered;
    }
}
