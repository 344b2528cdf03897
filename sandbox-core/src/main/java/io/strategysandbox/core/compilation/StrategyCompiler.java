package io.strategysandbox.core.compilation;

import io.strategysandbox.core.config.LearningSystemConfig.Compiler;
import io.strategysandbox.core.strategy.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles strategies with javac, in processes of its own: one for each processor at most, used again for the next
 * strategy, killed when it misbehaves. A fresh process for each strategy would separate them better and cost
 * a second each; no code of theirs runs in it, so what they share is javac's own honesty. Thread-safe.
 *
 * <p>Sources may take so much processor time, and so much time on the clock. The first ends what keeps javac busy soon; the
 * second is generous, for honest sources on a busy machine. More processes than processors would only wait for one another.
 * The first sources that take long may be killed, and others like them may follow: from then on one more process stands
 * ready, so that nobody waits for a start after a kill.
 */
public final class StrategyCompiler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StrategyCompiler.class);

    private static final Duration LEAST_CPU = Duration.ofSeconds(1);
    private static final int TIMEOUT_PER_CPU = 30;

    /** For so many bytes a twentieth more, while sources are small enough for javac to be still warming up over them. */
    private static final long BYTES_PER_TWENTIETH = 4 << 10;

    /** Libraries of a megabyte take no more than that. */
    private static final long MOST_TWENTIETHS = 16;

    /** Sources that take so much of what they may are likely to take all of it. */
    private static final int SUSPICIOUS_PART = 4;

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Compiler limits;
    private final List<Path> libraries;
    private final Duration cpuLimit;
    private final Deque<WorkerProcess> idle = new ArrayDeque<>();
    private final Set<WorkerProcess> all = new HashSet<>();
    private final ExecutorService conversations = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "strategy-compiler");
        thread.setDaemon(true);
        return thread;
    });
    private final int mostAtWork = Runtime.getRuntime().availableProcessors();
    private final Semaphore processors = new Semaphore(mostAtWork, true);
    private boolean keepSpare;
    private boolean closed;

    private StrategyCompiler(Compiler limits, List<Path> libraries) {
        this.limits = limits;
        this.libraries = List.copyOf(libraries);
        Duration share = limits.timeout().dividedBy(TIMEOUT_PER_CPU);
        cpuLimit = share.compareTo(LEAST_CPU) > 0 ? share : LEAST_CPU;
    }

    /**
     * A compiler. No process is started before it is needed.
     *
     * @param limits heap and wall-clock time of a worker; its processor time is a thirtieth of that, at least
     *     1 s, and a twentieth more for every 4 KiB of the first 64 KiB of sources
     * @param libraries jar files that strategies may use beside ta4j
     * @return the compiler; the caller must close it
     */
    public static StrategyCompiler open(Compiler limits, List<Path> libraries) {
        return new StrategyCompiler(limits, libraries);
    }

    /** Begins a process now if none is idle, so that it is ready when sources that are looked at meanwhile come here. */
    public synchronized void prepare() {
        if (all.size() < mostAtWork) {
            standBy();
        }
    }

    /**
     * Compiles the sources of one strategy.
     *
     * @param sources the sources
     * @return class files, or messages; also when the compiler had to be killed over these sources
     * @throws IllegalStateException if no worker can be started at all, or in time, or this compiler is closed
     * @throws InterruptedException if the thread was interrupted
     */
    public CompilationResult compile(List<SourceFile> sources) throws InterruptedException {
        try {
            return converse(sources);
        } catch (ExecutionException e) {
            // A process can be killed by somebody else, such as the system when memory is short. Twice is no accident.
            LOG.debug("a compiler's worker ended; another one is asked", e);
        }
        try {
            return converse(sources);
        } catch (ExecutionException e) {
            LOG.debug("a compiler's worker ended", e);
            return failed("the compiler's process ended over these sources ("
                    + e.getCause().getMessage()
                    + "); simplify them, or raise sandbox.compiler.heap in learning_system.yaml");
        }
    }

    private CompilationResult converse(List<SourceFile> sources) throws InterruptedException, ExecutionException {
        processors.acquire();
        try {
            return converse(sources, take());
        } finally {
            processors.release();
        }
    }

    private CompilationResult converse(List<SourceFile> sources, WorkerProcess worker)
            throws InterruptedException, ExecutionException {
        boolean reusable = false;
        try {
            Duration cpu = cpuLimit(sources);
            if (await(worker::awaitReady, worker, LONGEST_START, cpu).isEmpty()) {
                throw new IllegalStateException("the compiler's process was not ready within "
                        + LONGEST_START.toSeconds() + " s; run less at the same time");
            }
            Optional<WorkerProcess.Answer> answer = await(() -> worker.compile(sources), worker, limits.timeout(), cpu);
            if (answer.isEmpty()) {
                return failed("the compiler needed more than " + cpu.toMillis()
                        + " ms of processor time, or " + limits.timeout().toMillis()
                        + " ms in all, for these sources and was killed; simplify them (deeply nested generic calls or"
                        + " lambdas?), or raise sandbox.compiler.timeout in learning_system.yaml, which raises both");
            }
            reusable = answer.get().reusable();
            return answer.get().result();
        } finally {
            giveBack(worker, reusable);
        }
    }

    /** What a small strategy may take, and less than twice as much for a large one: comments could buy any number. */
    private Duration cpuLimit(List<SourceFile> sources) {
        long bytes = sources.stream().mapToLong(SourceFile::size).sum();
        return cpuLimit.plus(
                cpuLimit.dividedBy(20).multipliedBy(Math.min(MOST_TWENTIETHS, bytes / BYTES_PER_TWENTIETH)));
    }

    /** {@return the answer; empty if the worker took more time for it than it may} */
    private <T> Optional<T> await(Callable<T> question, WorkerProcess worker, Duration limit, Duration cpu)
            throws InterruptedException, ExecutionException {
        Future<T> conversation = conversations.submit(question);
        long deadline = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        Duration suspicious = cpu.dividedBy(SUSPICIOUS_PART);
        while (left > 0 && worker.cpu().compareTo(cpu) <= 0) {
            if (worker.cpu().compareTo(suspicious) > 0) {
                keepSpare();
            }
            try {
                return Optional.of(conversation.get(Math.min(left, LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                left = deadline - System.nanoTime();
            }
        }
        return Optional.empty();
    }

    private static CompilationResult failed(String message) {
        return new CompilationResult.Failed(List.of(new CompilerMessage("", 0, 0, message)));
    }

    private synchronized WorkerProcess take() {
        if (closed) {
            throw new IllegalStateException("the compiler is closed");
        }
        WorkerProcess worker = idle.poll();
        if (worker != null && !worker.isAlive()) {
            all.remove(worker);
            worker.close();
            worker = null;
        }
        try {
            return worker != null ? worker : start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot start the compiler's process: " + e.getMessage() + "; check java.home", e);
        } finally {
            if (keepSpare) {
                standBy();
            }
        }
    }

    private WorkerProcess start() throws IOException {
        WorkerProcess started = WorkerProcess.start(limits, libraries);
        all.add(started);
        return started;
    }

    private synchronized void giveBack(WorkerProcess worker, boolean reusable) {
        if (reusable && !closed) {
            idle.push(worker);
            return;
        }
        all.remove(worker);
        worker.close();
        keepSpare();
    }

    private synchronized void keepSpare() {
        keepSpare = true;
        standBy();
    }

    /** Begins another process if none is idle, so that the next sources need not wait for its start. */
    private synchronized void standBy() {
        if (closed || !idle.isEmpty()) {
            return;
        }
        try {
            idle.addLast(start());
        } catch (IOException e) {
            LOG.debug("no other worker could be started; the next sources will try again", e);
        }
    }

    /** Kills all workers. */
    @Override
    public synchronized void close() {
        closed = true;
        all.forEach(WorkerProcess::close);
        all.clear();
        idle.clear();
        conversations.shutdownNow();
    }
}
