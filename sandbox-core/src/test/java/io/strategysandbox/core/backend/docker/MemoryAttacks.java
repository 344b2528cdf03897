package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.docker.Attack.error;
import static io.strategysandbox.core.backend.docker.Attack.memoryLimit;
import static io.strategysandbox.core.backend.docker.Attack.onBar;
import static io.strategysandbox.core.backend.docker.Attack.processLimit;

import java.util.List;

/** More memory, threads or processes than a sandbox has. */
final class MemoryAttacks {

    private static final String HEAP =
            "List<long[]> all = new ArrayList<>(); while (yes()) all.add(new long[1 << 18]);";

    private static final String THREADS = """
            for (int n = 0; n < 100; n++) { Thread t = new Thread(() -> {
              try { Thread.sleep(600_000); } catch (InterruptedException e) { } }); t.setDaemon(true); t.start(); }""";

    private MemoryAttacks() {}

    static List<Attack> all() {
        return List.of(
                onBar("heap", HEAP, memoryLimit("Java heap space")),
                onBar(
                        "heap, error caught",
                        "try { " + HEAP + " } catch (Throwable e) { }",
                        memoryLimit("Java heap space")),
                onBar("heap, error swallowed by a thread pool", """
                        var pool = java.util.concurrent.Executors.newSingleThreadExecutor();
                        var job = pool.submit(() -> { %s });
                        try { job.get(); } catch (java.util.concurrent.ExecutionException e) { }""".formatted(HEAP), memoryLimit("Java heap space")),
                onBar("heap, standard error closed before", """
                        new FileOutputStream(FileDescriptor.err).close(); System.err.close(); %s""".formatted(HEAP), memoryLimit("Java heap space")),
                onBar("heap, something on standard error before", """
                        new FileOutputStream(FileDescriptor.err).write('x'); %s""".formatted(HEAP), memoryLimit("Java heap space")),
                onBar("heap, much on standard error before", """
                        new FileOutputStream(FileDescriptor.err).write(new byte[5_000]); %s""".formatted(HEAP), memoryLimit("Java heap space")),
                onBar("array larger than any, error caught", """
                        try { long[] a = new long[Integer.MAX_VALUE]; a[0] = 1; } catch (Throwable e) { }""", memoryLimit("OutOfMemoryError")),
                onBar("metaspace, error caught", """
                        List<Object> all = new ArrayList<>();
                        try { while (yes()) all.add(java.lang.reflect.Proxy.newProxyInstance(
                            new ClassLoader(S.class.getClassLoader()) { }, new Class<?>[] {Runnable.class}, (p, m, a) -> null));
                        } catch (Throwable e) { }""", memoryLimit("Metaspace")),
                onBar("direct buffers", """
                        List<java.nio.ByteBuffer> all = new ArrayList<>();
                        try { while (yes()) { var b = java.nio.ByteBuffer.allocateDirect(16 << 20); all.add(b);
                          for (int n = 0; n < b.capacity(); n += 4096) b.put(n, (byte) 1); }
                        } catch (Throwable e) { }""", memoryLimit("the kernel killed it")),
                onBar("stacks", """
                        List<Thread> all = new ArrayList<>();
                        for (int n = 0; n < 4; n++) { Thread t = new Thread(null, () -> {
                            try { down(0); } catch (Throwable e) { } }, "t", 200L << 20); t.start(); all.add(t); }
                        for (Thread t : all) t.join();
                        return 1; }
                        static long down(long n) { return yes() ? 1 + down(n + 1) : n; }
                        double never() {
                        if (yes()) return 1;""", memoryLimit("the kernel killed it")),
                onBar(
                        "memory past the JVM (sun.misc.Unsafe)",
                        "Class.forName(\"sun.misc.Unsafe\");",
                        error("ClassNotFoundException", "sun.misc.Unsafe")),
                onBar(
                        "memory past the JVM (jdk.internal.misc.Unsafe)",
                        "Class.forName(\"jdk.internal.misc.Unsafe\").getMethod(\"getUnsafe\").invoke(null);",
                        error("IllegalAccessException")),
                onBar("thread bomb", THREADS, processLimit()),
                onBar("thread bomb, error caught", "try { " + THREADS + " } catch (Throwable e) { }", processLimit()),
                onBar(
                        "thread bomb, something on standard error before, and a quick end",
                        """
                        new FileOutputStream(FileDescriptor.err).write(new byte[600]);
                        try { %s } catch (Throwable e) { } Runtime.getRuntime().halt(0);""".formatted(THREADS),
                        processLimit()),
                onBar(
                        "program that is there",
                        "new ProcessBuilder(\"/sandbox/jre/bin/java\", \"-version\").start();",
                        error("java.io.IOException", "Cannot run program")),
                onBar(
                        "program that every system has",
                        "Runtime.getRuntime().exec(\"/bin/sh\");",
                        error("java.io.IOException", "Cannot run program")));
    }
}
