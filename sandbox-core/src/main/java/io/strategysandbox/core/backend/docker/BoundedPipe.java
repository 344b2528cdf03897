package io.strategysandbox.core.backend.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes from one thread to another, with a bound: a full pipe makes the writer wait. */
final class BoundedPipe {

    private final byte[] buffer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int start;
    private int count;
    private boolean ended;
    private boolean abandoned;

    BoundedPipe(int capacity) {
        buffer = new byte[capacity];
    }

    /** No more bytes come; what is in the pipe can still be read. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads any more: writing neither waits nor keeps anything. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            ended = true;
            count = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        lock.lock();
        try {
            while (left > 0 && !abandoned) {
                while (count == buffer.length && !abandoned) {
                    await();
                }
                int end = (start + count) % buffer.length;
                int part = Math.min(left, Math.min(buffer.length - count, buffer.length - end));
                if (!abandoned) {
                    System.arraycopy(bytes, from, buffer, end, part);
                    count += part;
                    changed.signalAll();
                }
                from += part;
                left -= part;
            }
        } finally {
            lock.unlock();
        }
    }

    private int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            while (count == 0 && !ended) {
                await();
            }
            if (count == 0) {
                return -1;
            }
            int part = Math.min(length, Math.min(count, buffer.length - start));
            System.arraycopy(buffer, start, bytes, offset, part);
            start = (start + part) % buffer.length;
            count -= part;
            changed.signalAll();
            return part;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change; the callers wait in loops. */
    @SuppressWarnings("WaitNotInLoop")
    private void await() throws IOException {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for a sandbox");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** {@return the end that is read from} */
    InputStream source() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return BoundedPipe.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return BoundedPipe.this.read(bytes, offset, length);
            }

            @Override
            public void close() {
                abandon();
            }
        };
    }

    /** {@return the end that is written to} */
    OutputStream sink() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                BoundedPipe.this.write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                lock.lock();
                try {
                    if (ended) {
                        throw new IOException("the sandbox is gone");
                    }
                } finally {
                    lock.unlock();
                }
                BoundedPipe.this.write(bytes, offset, length);
            }

            @Override
            public void close() {
                end();
            }
        };
    }
}
