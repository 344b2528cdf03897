package io.strategysandbox.runner;

import java.util.concurrent.TimeUnit;

/**
 * The end of a runner that nobody else ends: its host is gone and its standard input does not say so. While there is a
 * host, it ends the runner earlier.
 */
final class Deadline {

    private Deadline() {}

    /**
     * Ends this process when its time is over.
     *
     * @param seconds how long it may live from now on
     */
    static void enforce(long seconds) {
        Thread thread = new Thread(() -> haltIn(TimeUnit.SECONDS.toNanos(seconds)), "sandbox-deadline");
        thread.setDaemon(true);
        thread.start();
    }

    private static void haltIn(long nanos) {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                // A strategy has no business with this thread.
            }
            left = end - System.nanoTime();
        }
        Runtime.getRuntime().halt(ExitCode.OVERDUE);
    }
}
