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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles strategies with javac, in processes of its own: one for each caller at a time, used again for the next
 * strategy, killed and replaced when it misbehaves. Thread-safe.
 */
public final class StrategyCompiler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StrategyCompiler.class);

    private final Compiler limits;
    private final List<Path> libraries;
    private final Deque<WorkerProcess> idle = new ArrayDeque<>();
    private final Set<WorkerProcess> all = new HashSet<>();
    private final ExecutorService conversations = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "strategy-compiler");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    private StrategyCompiler(Compiler limits, List<Path> libraries) {
        this.limits = limits;
        this.libraries = List.copyOf(libraries);
    }

    /**
     * A compiler. No process is started before it is needed.
     *
     * @param limits heap and wall-clock time of a worker
     * @param libraries jar files that strategies may use beside ta4j
     * @return the compiler; the caller must close it
     */
    public static StrategyCompiler open(Compiler limits, List<Path> libraries) {
        return new StrategyCompiler(limits, libraries);
    }

    /**
     * Compiles the sources of one strategy.
     *
     * @param sources the sources
     * @return class files, or messages; also when the compiler had to be killed over these sources
     * @throws IllegalStateException if no worker can be started at all, or this compiler is closed
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
        WorkerProcess worker = take();
        boolean reusable = false;
        try {
            Future<WorkerProcess.Answer> conversation = conversations.submit(() -> worker.compile(sources));
            WorkerProcess.Answer answer = conversation.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
            reusable = answer.reusable();
            return answer.result();
        } catch (TimeoutException e) {
            Duration timeout = limits.timeout();
            return failed("the compiler needed more than " + timeout.toMillis()
                    + " ms for these sources and was killed; simplify them (deeply nested generic calls or lambdas?),"
                    + " or raise sandbox.compiler.timeout in learning_system.yaml");
        } finally {
            giveBack(worker, reusable);
        }
    }

    private static CompilationResult failed(String message) {
        return new CompilationResult.Failed(List.of(new CompilerMessage("", 0, 0, message)));
    }

    private synchronized WorkerProcess take() {
        if (closed) {
            throw new IllegalStateException("the compiler is closed");
        }
        WorkerProcess worker = idle.poll();
        if (worker != null && worker.isAlive()) {
            return worker;
        }
        if (worker != null) {
            all.remove(worker);
            worker.close();
        }
        try {
            WorkerProcess started = WorkerProcess.start(limits, libraries);
            all.add(started);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot start the compiler's process: " + e.getMessage() + "; check java.home", e);
        }
    }

    private synchronized void giveBack(WorkerProcess worker, boolean reusable) {
        if (reusable && !closed) {
            idle.push(worker);
        } else {
            all.remove(worker);
            worker.close();
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
