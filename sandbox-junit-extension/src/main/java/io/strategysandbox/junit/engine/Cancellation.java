package io.strategysandbox.junit.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.junit.platform.engine.ExecutionRequest;
import org.opentest4j.TestAbortedException;

/**
 * Ends strategies that are on their way when a run of tests is cancelled. The platform skips what has not begun; a backtest
 * may have ten minutes before it. It has a token to ask from version 6 on, and nothing that tells.
 */
final class Cancellation {

    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final Optional<BooleanSupplier> requested;

    private Cancellation(Optional<BooleanSupplier> requested) {
        this.requested = requested;
    }

    static Cancellation of(ExecutionRequest request) {
        try {
            Method getter = ExecutionRequest.class.getMethod("getCancellationToken");
            Object token = getter.invoke(request);
            Method question = getter.getReturnType().getMethod("isCancellationRequested");
            return new Cancellation(Optional.of(() -> ask(question, token)));
        } catch (NoSuchMethodException e) {
            return new Cancellation(Optional.empty());
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the request does not tell whether it is cancelled", e);
        }
    }

    private static boolean ask(Method question, Object token) {
        try {
            return (boolean) question.invoke(token);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the request does not tell whether it is cancelled", e);
        }
    }

    /**
     * Does something that ends when this thread is interrupted.
     *
     * @param work what to do
     * @return what it returns
     * @throws TestAbortedException if the run was cancelled meanwhile
     * @throws Exception what it throws
     */
    <T> T during(Callable<T> work) throws Exception {
        if (requested.isEmpty()) {
            return work.call();
        }
        Watch watch = new Watch(Thread.currentThread(), requested.get());
        try (watch) {
            return work.call();
        } catch (InterruptedException e) {
            if (watch.fired) {
                throw new TestAbortedException("the run of tests was cancelled while the strategy was on its way", e);
            }
            throw e;
        }
    }

    /** Interrupts a thread once, and never after it was closed. */
    private static final class Watch implements AutoCloseable {
        private final Thread worker;
        private final BooleanSupplier requested;
        private boolean closed;
        private volatile boolean fired;

        Watch(Thread worker, BooleanSupplier requested) {
            this.worker = worker;
            this.requested = requested;
            Thread thread = new Thread(this::look, "strategy-sandbox-cancellation");
            thread.setDaemon(true);
            thread.start();
        }

        private synchronized void look() {
            try {
                while (!closed && !fired) {
                    if (requested.getAsBoolean()) {
                        fired = true;
                        worker.interrupt();
                    } else {
                        wait(MILLIS_BETWEEN_LOOKS);
                    }
                }
            } catch (InterruptedException e) {
                // Nobody has this thread but the JVM at its end.
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            notifyAll();
            if (fired) {
                // It was meant for the work, which is over.
                Thread.interrupted();
            }
        }
    }
}
