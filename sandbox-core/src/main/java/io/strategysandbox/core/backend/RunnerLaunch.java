package io.strategysandbox.core.backend;

import io.strategysandbox.core.compilation.CodeSources;
import io.strategysandbox.core.config.DockerConfig.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How a runner's JVM is started, the same everywhere: its module path, its options, its main class. */
public final class RunnerLaunch {

    /** The main module and class, as {@code java -m} takes it. */
    public static final String MAIN = "io.strategysandbox.runner/io.strategysandbox.runner.Main";

    /** The exit code that {@code ExitOnOutOfMemoryError} leaves. */
    public static final int EXIT_OUT_OF_MEMORY = 3;

    /** The first Java that has java.lang.foreign for good, and an option against it (JEP 472). */
    private static final int NATIVE_ACCESS_DENIABLE = 24;

    private static final List<String> REPRESENTATIVES = List.of(
            "io.strategysandbox.api.TradingStrategy",
            "org.ta4j.core.BarSeries",
            "org.slf4j.Logger",
            "org.apache.commons.math3.util.FastMath");

    /** Options that a JVM starts faster with. */
    private static final Set<String> FASTER = Set.of("-XX:+UseSerialGC", "-XX:-UsePerfData");

    private RunnerLaunch() {}

    /**
     * Where the runner and what it needs lie on this machine.
     *
     * @return jar files, or class directories where this project itself is being built
     */
    public static List<Path> modulePath() {
        return REPRESENTATIVES.stream().map(CodeSources::of).toList();
    }

    /**
     * The end of a runner's command line.
     *
     * @param jars the runner's module path
     * @param libraries the user's jars, on the class path, where no module of the runner sees them
     * @param separator what separates paths there
     * @return the arguments
     */
    public static List<String> mainModule(List<String> jars, List<String> libraries, String separator) {
        List<String> arguments = new ArrayList<>();
        if (!libraries.isEmpty()) {
            arguments.addAll(List.of("-cp", String.join(separator, libraries)));
        }
        arguments.addAll(List.of("-p", String.join(separator, jars), "-m", MAIN));
        return arguments;
    }

    /**
     * The options of the runner's JVM. They fix what would otherwise differ between machines (time zone, locale,
     * encoding), keep the JVM's own messages off standard output and free of times, make every out-of-memory end the
     * process, keep a strategy from installing a security manager, which could stop the runner from ending, and keep it from
     * calling native code.
     *
     * <p>Direct memory is left to the sandbox's own limit: the JVM's would be an error that a strategy can catch and
     * hide, the kernel's cannot be. A backend without such a limit has to append one.
     *
     * @param limits what the runner gets
     * @return the options, without the module path
     */
    public static List<String> jvmOptions(Limits limits) {
        long heap = (long) (limits.memoryBytes() * limits.heapFraction());
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + heap / 1024 + "k",
                "-XX:+UseSerialGC",
                "-XX:MaxMetaspaceSize=" + Math.max(32, Math.min(256, heap / 4 / 1024 / 1024)) + "m",
                "-XX:MaxDirectMemorySize=1t",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+ErrorFileToStderr",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr:level,tags",
                "-Xshare:auto",
                "-Djava.security.manager=disallow",
                "-Duser.timezone=UTC",
                "-Duser.language=en",
                "-Duser.country=",
                "-Dfile.encoding=UTF-8",
                "-Dslf4j.internal.verbosity=ERROR"));
        if (Runtime.version().feature() >= NATIVE_ACCESS_DENIABLE) {
            options.add("--illegal-native-access=deny");
        }
        return options;
    }

    /**
     * The options of a JVM that is to be measured against: the same as {@link #jvmOptions}, without those that make it start
     * faster.
     *
     * @param limits what the runner gets
     * @return the options, without the module path
     */
    public static List<String> plainJvmOptions(Limits limits) {
        return jvmOptions(limits).stream()
                .filter(option -> !FASTER.contains(option))
                .toList();
    }
}
