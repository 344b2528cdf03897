package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.backend.ExitStatus;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.ResourceUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A runner on this machine, below strace. */
final class TracedRunner implements Lease {

    /** A line of strace: the thread, the name, the arguments, and a result or a remark. */
    private static final Pattern CALL =
            Pattern.compile("^\\d+ +([a-z0-9_]+)\\((.*?)(\\) += .*| <unfinished \\.\\.\\.>)$");

    private static final Pattern NUMBER = Pattern.compile("-?(0x[0-9a-f]+|[0-9]+)");

    private final Path trace;
    private final Process process;

    private TracedRunner(Path trace, Process process) {
        this.trace = trace;
        this.process = process;
    }

    /**
     * A system call as it was made.
     *
     * @param arguments the first arguments, each a number, or -1 where it is none
     */
    record Call(String name, List<Long> arguments) {}

    /**
     * Starts one.
     *
     * @param directory an empty directory
     * @param refused names that are answered with EPERM, as by the profile; clone3 is answered with ENOSYS
     * @param command the command line of the JVM
     */
    static TracedRunner start(Path directory, List<String> refused, List<String> command) throws IOException {
        Path trace = directory.resolveSibling(directory.getFileName() + ".trace");
        List<String> whole = new ArrayList<>(List.of("strace", "-f", "-qq", "-X", "raw", "-o", trace.toString()));
        whole.addAll(List.of("-e", "inject=clone3:error=ENOSYS"));
        whole.addAll(List.of("-e", "inject=" + String.join(",", refused) + ":error=EPERM"));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).directory(directory.toFile());
        builder.environment().clear();
        return new TracedRunner(trace, builder.start());
    }

    /** What was called; deletes the trace. */
    List<Call> calls() throws IOException {
        List<Call> calls = new ArrayList<>();
        try (Stream<String> lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            lines.map(CALL::matcher)
                    .filter(Matcher::matches)
                    .forEach(call -> calls.add(new Call(call.group(1), arguments(call.group(2)))));
        }
        Files.delete(trace);
        return calls;
    }

    private static List<Long> arguments(String text) {
        List<Long> arguments = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            // clone's arguments have names.
            String value = part.strip().replaceFirst("^[a-z_]+=", "");
            arguments.add(NUMBER.matcher(value).matches() ? Long.decode(value) : -1);
        }
        // strace shows clone's stack first; the kernel of x86-64 takes the flags first.
        if (text.startsWith("child_stack=") && arguments.size() > 1) {
            arguments.remove(0);
        }
        return arguments;
    }

    @Override
    public String id() {
        return "traced";
    }

    @Override
    public String instance() {
        return Long.toString(process.pid());
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public ResourceUsage usage() {
        return ResourceUsage.UNKNOWN;
    }

    @Override
    public Optional<ExitStatus> awaitExit(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)
                ? Optional.of(new ExitStatus(process.exitValue(), false, Optional.empty()))
                : Optional.empty();
    }

    @Override
    public void close() {
        kill();
    }
}
