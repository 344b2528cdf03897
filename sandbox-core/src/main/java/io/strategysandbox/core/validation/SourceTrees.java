package io.strategysandbox.core.validation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Looks at the syntax trees of one strategy, on a thread of its own with a small stack and a bounded number of steps: two
 * lines of text can keep a parser busy for years, and a megabyte can fill the host's heap. What is not seen is decided by
 * the class files. Thread-safe.
 */
final class SourceTrees {

    /** A fraction of a second. Honest files take about 30 steps a character. */
    private static final long MAX_STEPS = 12_000_000;

    /** A tree takes hundreds of bytes for each character of dense text; honest strategies have far fewer. */
    private static final int MAX_CHARACTERS = 128 << 10;

    private static final Class<?> LOOK = ParserLoader.load(TreeLook.class);

    private final Dangers dangers;
    private final Duration deadline;
    private final Function<Map<String, String>, List<Finding>> look;

    /** The characters that all threads together may have trees of at a time. */
    private final Semaphore characters = new Semaphore(MAX_CHARACTERS, true);

    /**
     * A look at the syntax trees.
     *
     * @param allow lines that a configuration adds to the allow-list
     * @param jars the user's libraries
     * @param deadline for a machine so busy that the steps take much longer than they should
     */
    SourceTrees(List<String> allow, List<Path> jars, Dangers dangers, Duration deadline) {
        this(newLook(allow, jars), dangers, deadline);
    }

    /** With a look that is not counted, and ends when it ends. */
    SourceTrees(Function<Map<String, String>, List<Finding>> look, Dangers dangers, Duration deadline) {
        this.look = look;
        this.dangers = dangers;
        this.deadline = deadline;
    }

    @SuppressWarnings("unchecked")
    private static Function<Map<String, String>, List<Finding>> newLook(List<String> allow, List<Path> jars) {
        try {
            var constructor = LOOK.getDeclaredConstructor(List.class, List.class);
            constructor.setAccessible(true);
            return (Function<Map<String, String>, List<Finding>>) constructor.newInstance(allow, jars);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the syntax trees cannot be looked at", e);
        }
    }

    /**
     * Looks at the trees of one strategy.
     *
     * @param texts path to text
     */
    List<Finding> check(Map<String, String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        long size = texts.values().stream().mapToLong(String::length).sum();
        if (size > MAX_CHARACTERS) {
            return notSeen(texts.keySet());
        }
        try {
            // However long that takes: each of the others ends after its steps, and what is seen must not depend on
            // them.
            characters.acquire((int) size);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notSeen(texts.keySet());
        }
        FutureTask<List<Finding>> task = new FutureTask<>(() -> look.apply(texts));
        start(task, (int) size);
        return await(task, texts.keySet());
    }

    private void start(FutureTask<List<Finding>> task, int size) {
        boolean started = false;
        try {
            new ParserThread(() -> run(task, size), MAX_STEPS).start();
            started = true;
        } finally {
            if (!started) {
                characters.release(size);
            }
        }
    }

    private void run(FutureTask<List<Finding>> task, int size) {
        try {
            task.run();
        } finally {
            characters.release(size);
        }
    }

    private List<Finding> await(FutureTask<List<Finding>> task, Collection<String> paths) {
        try {
            return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // The trees are a help for readers, not the authority; whatever went wrong, the class files decide.
            return notSeen(paths);
        }
        return notSeen(paths);
    }

    private List<Finding> notSeen(Collection<String> paths) {
        return paths.stream()
                .map(path -> new FindingSink(Finding.Layer.AST, path, dangers))
                .peek(SourceTree::notSeen)
                .flatMap(sink -> sink.findings().stream())
                .toList();
    }
}
