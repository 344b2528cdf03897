package io.strategysandbox.core.validation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells from the text of somebody else's file whether it only computes. Knows nothing of the validator: a reason names what the
 * file says, in its imports or its code, that is about more than numbers and collections. Comments do not count.
 */
final class OnlyComputes {

    private static final Pattern COMMENTS = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    private static final List<Reason> REASONS = List.of(
            Reason.of(
                    "files, streams or the network",
                    "java\\.io\\.(?!Serializable\\b|\\w*Exception\\b|\\*)",
                    "java\\.n(?:io|et)\\.",
                    "\\w(?:InputStream|OutputStream|Reader|Writer)\\b",
                    "\\b(?:File|PrintStream)\\b"),
            Reason.of(
                    "serialization hooks",
                    "\\b(?:read|write)(?:Object|External)\\b",
                    "\\b(?:readResolve|writeReplace|Externalizable|ObjectOutput|ObjectInput)\\b"),
            Reason.of(
                    "reflection or class loading",
                    "java\\.lang\\.(?:reflect|invoke)\\.",
                    "\\b(?:Class\\.forName|ClassLoader|getClassLoader|ServiceLoader)\\b",
                    "\\.(?:getResource\\w*|getDeclared\\w+|newInstance)\\("),
            Reason.of(
                    "threads",
                    "\\b(?:Thread|ThreadLocal|ThreadFactory|Runnable|Future|CompletableFuture|CountDownLatch)\\b",
                    "\\b(?:Executor|ForkJoin|ThreadPool)\\w*|\\w+Executor\\b|ExecutorService",
                    "java\\.util\\.concurrent\\.locks\\.|java\\.lang\\.ref\\.",
                    "\\b(?:wait|notify|notifyAll|finalize)\\(\\)"),
            Reason.of(
                    "parallel streams",
                    "\\b(?:parallelStream|parallelSort|parallelPrefix|parallelSetAll)\\b|\\.parallel\\("),
            Reason.of(
                    "the process and its environment",
                    "\\bSystem\\.(?:exit|getenv|getProperty|setProperty|in|setOut|setErr|load|loadLibrary)\\b",
                    "\\b(?:Runtime\\.getRuntime|ProcessBuilder|native|sun\\.misc)\\b"),
            Reason.of("bundles or property files", "\\b(?:ResourceBundle|Properties)\\b"),
            Reason.of(
                    "logging",
                    "java\\.util\\.logging\\.|org\\.slf4j\\.",
                    "\\blog\\.(?:trace|debug|info|warn|error|is\\w+)\\b"),
            Reason.of("other parts of the platform", "\\bjavax\\.|java\\.(?:awt|beans|rmi|security|sql)\\."));

    private OnlyComputes() {}

    /** {@return what speaks against it; empty if the file only computes} */
    static Optional<String> reasonAgainst(String text) {
        String code = COMMENTS.matcher(text).replaceAll(" ");
        return REASONS.stream()
                .filter(reason -> reason.pattern().matcher(code).find())
                .map(Reason::name)
                .findFirst();
    }

    static List<String> reasons() {
        return REASONS.stream().map(Reason::name).toList();
    }

    private record Reason(String name, Pattern pattern) {

        static Reason of(String name, String... patterns) {
            return new Reason(name, Pattern.compile(String.join("|", patterns)));
        }
    }
}
