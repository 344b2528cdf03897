package io.strategysandbox.core.testing;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** A machine that has something else to do. */
public final class BusyProcessors {

    private BusyProcessors() {}

    /**
     * Works while a thread for each processor spins.
     *
     * @param work what to do
     * @return what it returns
     * @throws Exception what it throws
     */
    public static <T> T during(Callable<T> work) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> threads = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(i -> new Thread(
                        () -> {
                            while (!done.get()) {
                                Thread.onSpinWait();
                            }
                        },
                        "busy"))
                .toList();
        threads.forEach(Thread::start);
        try {
            return work.call();
        } finally {
            done.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
