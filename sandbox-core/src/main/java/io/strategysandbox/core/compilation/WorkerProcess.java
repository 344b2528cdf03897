package io.strategysandbox.core.compilation;

import io.strategysandbox.core.compilation.worker.CompilerWorker;
import io.strategysandbox.core.config.LearningSystemConfig.Compiler;
import io.strategysandbox.core.host.ScratchFolder;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process that compiles, and the conversation with it. */
final class WorkerProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    private static final long END_SECONDS = 10;

    private static final int MAX_CLASSES = 5_000;
    private static final int MAX_CLASS_BYTES = 4 << 20;
    private static final int MAX_TOTAL_BYTES = 16 << 20;
    private static final int MAX_MESSAGES = 200;

    private final Process process;
    private final ScratchFolder folder;
    private final DataInputStream in;
    private final DataOutputStream out;
    private volatile Optional<Duration> cpuBefore = Optional.empty();
    private volatile boolean ready;

    private WorkerProcess(Process process, ScratchFolder folder) {
        this.process = process;
        this.folder = folder;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /** An answer, and whether the worker can be asked again. */
    record Answer(CompilationResult result, boolean reusable) {}

    static WorkerProcess start(Compiler limits, List<Path> libraries) throws IOException {
        Stream<Path> shared = Stream.of(
                        "io.strategysandbox.api.TradingStrategy",
                        "org.ta4j.core.BarSeries",
                        "org.slf4j.Logger",
                        "org.apache.commons.math3.util.FastMath")
                .map(CodeSources::of);
        String classPath = Stream.concat(shared, libraries.stream().map(Path::toAbsolutePath))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        ScratchFolder folder = ScratchFolder.create();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + limits.heapBytes() / 1024 + "k",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:+ErrorFileToStderr",
                        "-Duser.language=en",
                        "-Duser.country=",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        CodeSources.of(CompilerWorker.class.getName()).toString(),
                        CompilerWorker.class.getName(),
                        classPath)
                .directory(folder.path().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        try {
            return new WorkerProcess(builder.start(), folder);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@return the processor time that the present sources have taken; zero if there are none, or nobody can tell} */
    Duration cpu() {
        Optional<Duration> now = process.info().totalCpuDuration();
        return cpuBefore
                .flatMap(before -> now.map(total -> total.minus(before)))
                .orElse(Duration.ZERO);
    }

    /**
     * Waits for the end of its start.
     *
     * @return true
     * @throws IOException if it ended
     */
    boolean awaitReady() throws IOException {
        if (!ready && in.readUnsignedByte() != CompilerWorker.READY) {
            throw new IOException("it does not begin by being ready");
        }
        ready = true;
        return ready;
    }

    Answer compile(List<SourceFile> sources) throws IOException {
        cpuBefore = process.info().totalCpuDuration();
        try {
            out.writeInt(sources.size());
            for (SourceFile source : sources) {
                out.writeUTF(source.path());
                out.writeInt(source.size());
                out.write(source.bytes());
            }
            out.flush();
            return answer(in.readUnsignedByte());
        } finally {
            cpuBefore = Optional.empty();
        }
    }

    private Answer answer(int status) throws IOException {
        return switch (status) {
            case CompilerWorker.COMPILED -> new Answer(new CompilationResult.Compiled(readClasses()), true);
            case CompilerWorker.FAILED -> new Answer(new CompilationResult.Failed(readMessages()), true);
            case CompilerWorker.BROKEN -> new Answer(new CompilationResult.Failed(readMessages()), false);
            default -> throw new IOException("its answer begins with " + status);
        };
    }

    private CompiledClasses readClasses() throws IOException {
        int count = bounded(in.readInt(), MAX_CLASSES, "class files");
        Map<String, byte[]> classes = new TreeMap<>();
        int total = 0;
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            byte[] bytes = new byte[bounded(in.readInt(), MAX_CLASS_BYTES, "bytes in a class file")];
            in.readFully(bytes);
            total = bounded(total + bytes.length, MAX_TOTAL_BYTES, "bytes of class files");
            classes.put(name, bytes);
        }
        return CompiledClasses.of(classes);
    }

    private List<CompilerMessage> readMessages() throws IOException {
        int count = bounded(in.readInt(), MAX_MESSAGES, "messages");
        List<CompilerMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(new CompilerMessage(in.readUTF(), in.readInt(), in.readInt(), in.readUTF()));
        }
        return messages;
    }

    private static int bounded(int value, int max, String what) throws IOException {
        if (value < 0 || value > max) {
            throw new IOException("it made " + value + " " + what + "; at most " + max + " are taken");
        }
        return value;
    }

    /** Kills the process, at once. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the compiler's process {} does not end; kill it by hand", process.pid());
            }
        } catch (InterruptedException e) {
            // It was killed all the same.
            Thread.currentThread().interrupt();
        }
        folder.close();
    }
}
