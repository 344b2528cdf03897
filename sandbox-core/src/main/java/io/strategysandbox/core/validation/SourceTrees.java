package io.strategysandbox.core.validation;

import com.github.javaparser.ast.CompilationUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at the syntax trees of one strategy, on a thread of its own with a small stack and a deadline: text of a few
 * kilobytes can keep a parser busy for minutes, and a megabyte can fill the host's heap. What is not seen is decided by
 * the class files. Thread-safe.
 */
final class SourceTrees {

    private static final long STACK_BYTES = 2 << 20;

    /** A tree takes hundreds of bytes for each character of dense text; honest strategies have far fewer. */
    private static final int MAX_CHARACTERS = 512 << 10;

    /** A parser cannot be stopped. With this many still at work on earlier strategies, no further one is begun. */
    private static final int MAX_LEFT_BEHIND = 2;

    private final Dangers dangers;
    private final Duration deadline;
    private final AtomicInteger leftBehind = new AtomicInteger();

    SourceTrees(Dangers dangers, Duration deadline) {
        this.dangers = dangers;
        this.deadline = deadline;
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
        long characters = texts.values().stream().mapToLong(String::length).sum();
        if (characters > MAX_CHARACTERS || leftBehind.get() >= MAX_LEFT_BEHIND) {
            return notSeen(texts.keySet());
        }
        FutureTask<List<Finding>> look = new FutureTask<>(() -> look(texts));
        Thread thread = new Thread(null, () -> run(look), "strategy-syntax-tree", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return look.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            abandon(look);
        } catch (InterruptedException e) {
            abandon(look);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // The trees are a help for readers, not the authority; whatever went wrong, the class files decide.
            return notSeen(texts.keySet());
        }
        return notSeen(texts.keySet());
    }

    private void run(FutureTask<List<Finding>> look) {
        look.run();
        if (look.isCancelled()) {
            leftBehind.decrementAndGet();
        }
    }

    private void abandon(FutureTask<List<Finding>> look) {
        if (look.cancel(true)) {
            leftBehind.incrementAndGet();
        }
    }

    private List<Finding> look(Map<String, String> texts) {
        Map<FindingSink, CompilationUnit> trees = new LinkedHashMap<>();
        Set<String> ownTypes = new HashSet<>();
        List<FindingSink> sinks = new ArrayList<>();
        texts.forEach((path, text) -> {
            FindingSink sink = new FindingSink(Finding.Layer.AST, path, dangers);
            sinks.add(sink);
            SourceTree.parse(text, sink).ifPresent(unit -> {
                trees.put(sink, unit);
                ownTypes.addAll(SourceTree.types(unit));
            });
        });
        // A class of the strategy's own may be called Process; which ones there are is known only after all files.
        trees.forEach((sink, unit) -> new SourceTree(dangers, sink, ownTypes).check(unit));
        return sinks.stream().flatMap(sink -> sink.findings().stream()).toList();
    }

    private List<Finding> notSeen(Collection<String> paths) {
        return paths.stream()
                .map(path -> new FindingSink(Finding.Layer.AST, path, dangers))
                .peek(SourceTree::notSeen)
                .flatMap(sink -> sink.findings().stream())
                .toList();
    }
}
