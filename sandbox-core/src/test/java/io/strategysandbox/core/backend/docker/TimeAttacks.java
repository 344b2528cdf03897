package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.docker.Attack.endless;
import static io.strategysandbox.core.backend.docker.Attack.error;
import static io.strategysandbox.core.backend.docker.Attack.ok;
import static io.strategysandbox.core.backend.docker.Attack.onBar;

import java.util.List;

/** Not ending, not ending when told to, and ending too soon. */
final class TimeAttacks {

    private static final String HANGING_HOOK =
            "Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (yes()) { } }));";

    private TimeAttacks() {}

    static List<Attack> all() {
        return List.of(
                endless("busy loop", "while (yes()) { }"),
                endless("busy loop in four threads", """
                        for (int n = 0; n < 3; n++) new Thread(() -> { while (yes()) { } }).start();
                        while (yes()) { }"""),
                endless("sleep", "Thread.sleep(600_000);"),
                endless("lock that nobody opens", "synchronized (this) { while (yes()) wait(); }"),
                endless("garbage collection all the time", """
                        List<byte[]> kept = new ArrayList<>();
                        Runtime r = Runtime.getRuntime();
                        while (r.maxMemory() - r.totalMemory() + r.freeMemory() > (24 << 20)) kept.add(new byte[1 << 16]);
                        Object garbage = null;
                        while (yes()) garbage = new byte[1 << 18];
                        if (garbage == null) throw new AssertionError(kept);"""),
                endless("pattern that backtracks", """
                        java.util.regex.Pattern.compile("(x+x+)+\\\\1?y").matcher("x".repeat(200)).matches();"""),
                endless("hook that hangs, and exit", HANGING_HOOK + "System.exit(0);"),
                endless(
                        "hook that hangs, and no end: SIGTERM would be ignored",
                        HANGING_HOOK + "Thread.sleep(600_000);"),
                endless("interruption ignored", """
                        while (yes()) { try { Thread.sleep(1000); } catch (InterruptedException e) { } }"""),
                onBar("hook that hangs after the result", HANGING_HOOK, ok()),
                onBar("thread left running after the result", "new Thread(() -> { while (yes()) { } }).start();", ok()),
                onBar("exit 0", "System.exit(0);", error("the process ended before the result, exit code 0")),
                onBar("exit 3", "System.exit(3);", error("the process ended before the result, exit code 3")),
                onBar("exit 137", "System.exit(137);", error("the process ended before the result, exit code 137")),
                onBar("halt 0", "Runtime.getRuntime().halt(0);", error("before the result, exit code 0")),
                onBar("halt 137", "Runtime.getRuntime().halt(137);", error("before the result, exit code 137")),
                onBar(
                        "exit from another thread while deciding",
                        "new Thread(() -> System.exit(0)).start(); Thread.sleep(60_000);",
                        error("the process ended before the result, exit code 0")),
                onBar("recursion", "attack(h);", error("java.lang.StackOverflowError")));
    }
}
