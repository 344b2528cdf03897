package io.strategysandbox.core.validation;

import java.util.concurrent.CancellationException;

/**
 * A thread that looks at syntax trees and may take so many steps. Counting steps, not time, makes what is given up the
 * same on every machine and under any load. Public because the parser, in its own package, counts here.
 */
public final class ParserThread extends Thread {

    /** Many times what a tree takes that is not too deep to be looked at. */
    private static final long STACK_BYTES = 16 << 20;

    private long steps;

    ParserThread(Runnable look, long steps) {
        super(null, look, "strategy-syntax-tree", STACK_BYTES);
        this.steps = steps;
        setDaemon(true);
    }

    /**
     * Counts steps of the current thread, if it is such a thread.
     *
     * @param count how many
     * @throws CancellationException if it has no steps left, or nobody waits for it any more
     */
    public static void step(int count) {
        if (Thread.currentThread() instanceof ParserThread parser) {
            parser.steps -= count;
            if (parser.steps < 0 || parser.isInterrupted()) {
                throw new CancellationException("the parser takes too long");
            }
        }
    }
}
