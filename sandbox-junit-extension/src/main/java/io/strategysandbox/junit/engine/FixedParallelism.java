package io.strategysandbox.junit.engine;

import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;

/** So many threads and never more, whatever they wait for: each may hold a runner. */
record FixedParallelism(int threads) implements ParallelExecutionConfiguration {

    private static final int KEEP_ALIVE_SECONDS = 30;

    @Override
    public int getParallelism() {
        return threads;
    }

    @Override
    public int getMinimumRunnable() {
        return 0;
    }

    @Override
    public int getMaxPoolSize() {
        return threads;
    }

    @Override
    public int getCorePoolSize() {
        return threads;
    }

    @Override
    public int getKeepAliveSeconds() {
        return KEEP_ALIVE_SECONDS;
    }

    @Override
    public Predicate<? super ForkJoinPool> getSaturatePredicate() {
        return pool -> true;
    }
}
