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

    /** A little of everything, and something that cannot be parsed. */
    private static final Map<String, String> FIRST = Map.of("B.java", "class {", "A.java", """
            import java.util.*;
            @Deprecated class A<T extends Comparable<T>> extends ArrayList<T> implements Runnable {
                enum Side { LONG, SHORT { int sign() { return -1; } }; int sign() { return 1; } }
                record Point(double x, int... y) { Point { assert x > 0 : "x"; } }
                sealed interface Shape permits Round {}
                record Round(int[] r) implements Shape {}
                static { System.out.println('a' + 1L + 1.5f + "b".length()); }
                @Override public void run() {
                    for (int i = 0, j = 1; i < 3 && j != 2; i++, j--) { if (i == 1) { continue; } else { break; } }
                    for (var t : this) { var o = (Object) t; Point p = o instanceof Point q ? q : null; }
                    try (var s = List.of(1, 2).stream()) { s.map(i -> -i).map(Integer::toString).toList(); }
                    catch (IllegalStateException | ArithmeticException e) { throw e; } finally { synchronized (this) { } }
                    int[][] a = {{1}, new int[2]}; do { a[0][0] += 2; } while (false); while (a.length > 9) { }
                    switch (a.length) { case 1: default: }
                    Object n = switch (Side.LONG) { case LONG -> 1; default -> { yield new Object() { }; } };
                    label: { break label; }
                }
            }
            """);

    private static final Class<?> LOOK = ParserLoader.load(TreeLook.class);

    static {
        // A look that is stopped while a class is initialised would leave that class broken, and all looks after it
        // blind.
        if (newLook(List.of(), List.of()).apply(FIRST).isEmpty()) {
            throw new IllegalStateException("what cannot be parsed is not told of");
        }
    }

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
