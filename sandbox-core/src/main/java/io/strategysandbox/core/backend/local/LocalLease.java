package io.strategysandbox.core.backend.local;

import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.ExitStatus;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.ResourceUsage;
import io.strategysandbox.core.host.ScratchFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A runner that is a child process. */
final class LocalLease implements Lease {

    private static final long END_SECONDS = 10;

    /** The line of a process's status that tells the most memory it ever had in use, in KiB. */
    private static final Pattern PEAK_MEMORY = Pattern.compile("VmHWM:\\s+(\\d{1,15}) kB");

    private final String id;
    private final Process process;
    private final ScratchFolder folder;
    private final Consumer<LocalLease> closed;

    LocalLease(String id, Process process, ScratchFolder folder, Consumer<LocalLease> closed) {
        this.id = id;
        this.process = process;
        this.folder = folder;
        this.closed = closed;
    }

    @Override
    public String id() {
        return id;
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
        // What the runner started is found through it, so it has to be collected first and killed last.
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public ResourceUsage usage() {
        OptionalLong cpu = process.info().totalCpuDuration().map(Duration::toMillis).stream()
                .mapToLong(Long::longValue)
                .findFirst();
        return new ResourceUsage(peakMemory(), cpu, false);
    }

    private OptionalLong peakMemory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", instance(), "status"))) {
            return lines.map(PEAK_MEMORY::matcher)
                    .filter(Matcher::matches)
                    .mapToLong(line -> Long.parseLong(line.group(1)) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            // Only Linux has this file, and it goes with the process.
            return OptionalLong.empty();
        }
    }

    @Override
    public Optional<ExitStatus> awaitExit(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        return Optional.of(new ExitStatus(process.exitValue(), false, Optional.empty()));
    }

    @Override
    public synchronized void close() throws BackendException {
        kill();
        boolean interrupted = false;
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new BackendException("process " + instance() + " does not end; kill it by hand");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            folder.delete();
            closed.accept(this);
        } catch (IOException e) {
            throw new BackendException(
                    "cannot delete " + folder.path() + ": " + e.getMessage() + "; delete it by hand", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
