package io.strategysandbox.core.compilation.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles one set of sources after another until its standard input ends. The compiler is a fresh one each time; only the
 * tables of contents of the libraries are kept, which hold nothing of the sources. It compiles a line of its own first, so
 * that no strategy pays for the loading of javac, and says that it is ready.
 *
 * <p>A request is the number of files, then for each its path, its length and its bytes. An answer is a status, then
 * either the number of class files and for each its name, length and bytes, or the number of messages and for each path,
 * line, column and text.
 */
public final class CompilerWorker {

    /** The first byte of all: requests may follow. */
    public static final int READY = 0;

    /** Class files follow. */
    public static final int COMPILED = 1;

    /** Messages follow. */
    public static final int FAILED = 2;

    /** Messages follow, and the worker ends: it can no longer be relied on. */
    public static final int BROKEN = 3;

    private static final int MAX_MESSAGES = 100;
    private static final int MAX_TEXT = 2_000;

    /** Touches what strategies touch: generics, lambdas, switches, strings, a library. */
    private static final String WARM_UP = """
            import java.util.*;
            import java.util.stream.*;
            class WarmUp {
                enum Side { LONG, SHORT; int sign() { return switch (this) { case LONG -> 1; case SHORT -> -1; }; } }
                record Point(int bar, double value) {}
                private final Map<String, Point> seen = new TreeMap<>();
                double of(org.ta4j.core.BarSeries series) {
                    List<String> names = new ArrayList<>();
                    for (int i = 0; i < series.getBarCount(); i++) {
                        Point point = new Point(i, series.getBar(i).getClosePrice().doubleValue());
                        seen.merge("bar" + i, point, (a, b) -> a.value() > b.value() ? a : b);
                    }
                    names.forEach(name -> System.out.println(name + names.size()));
                    Object sum = Stream.of(1, 2).map(i -> i * 2).collect(Collectors.toList());
                    return sum instanceof List<?> list && !list.isEmpty() ? Side.LONG.sign() : 0;
                }
            }
            """;

    private final JavaCompiler javac;
    private final StandardJavaFileManager libraries;

    private CompilerWorker(JavaCompiler javac, List<File> classPath) throws IOException {
        this.javac = javac;
        libraries = javac.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        libraries.setLocation(StandardLocation.CLASS_PATH, classPath);
        libraries.setLocation(StandardLocation.SOURCE_PATH, List.of());
    }

    /**
     * Serves requests.
     *
     * @param args the class path to compile against
     * @throws IOException if the host went away in the middle of a message
     * @throws InterruptedException never: nobody interrupts the main thread
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        System.setOut(new PrintStream(System.err, true, StandardCharsets.UTF_8));
        List<File> classPath =
                Arrays.stream(args[0].split(File.pathSeparator)).map(File::new).toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java has no compiler");
        }
        BlockingQueue<Request> requests = requests(in);
        CompilerWorker worker = new CompilerWorker(compiler, classPath);
        worker.serve(
                new Request(List.of(new MemoryFileManager.Source("WarmUp.java", WARM_UP)), List.of()),
                new DataOutputStream(OutputStream.nullOutputStream()));
        out.writeByte(READY);
        out.flush();
        boolean usable = true;
        while (usable) {
            usable = worker.serve(requests.take(), out);
            out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Reads on a thread of its own: standard input may end, because the host died, while the compiler is busy. */
    private static BlockingQueue<Request> requests(DataInputStream in) {
        BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> {
            try {
                while (true) {
                    requests.add(readSources(in, in.readInt()));
                }
            } catch (IOException e) {
                Runtime.getRuntime().halt(0);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return requests;
    }

    private record Request(List<MemoryFileManager.Source> sources, List<Message> malformed) {}

    private record Message(String path, long line, long column, String text) {}

    private static Request readSources(DataInputStream in, int files) throws IOException {
        List<MemoryFileManager.Source> sources = new ArrayList<>();
        List<Message> malformed = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            String path = in.readUTF();
            byte[] bytes = in.readNBytes(in.readInt());
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            try {
                sources.add(new MemoryFileManager.Source(
                        path, StandardCharsets.UTF_8.newDecoder().decode(buffer).toString()));
            } catch (CharacterCodingException e) {
                malformed.add(new Message(
                        path, 0, 0, "is not valid UTF-8 at byte " + buffer.position() + "; save it as UTF-8"));
            }
        }
        return new Request(sources, malformed);
    }

    /** {@return whether the worker can serve another request} */
    private boolean serve(Request request, DataOutputStream out) throws IOException {
        if (!request.malformed().isEmpty()) {
            answer(out, FAILED, request.malformed());
            return true;
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        MemoryFileManager files = new MemoryFileManager(libraries);
        try {
            List<String> options = List.of(
                    "-proc:none", "--release", "17", "-implicit:none", "-nowarn", "-Xlint:none", "-g:source,lines");
            StringWriter words = new StringWriter();
            boolean compiled = javac.getTask(words, files, diagnostics, options, null, request.sources())
                    .call();
            if (compiled) {
                answer(out, files.classes());
                return true;
            }
            List<Message> messages = messages(diagnostics);
            if (messages.isEmpty()) {
                // javac catches some of its own errors, and prints them instead of reporting them.
                answer(out, BROKEN, List.of(unexplained(words.toString())));
                return false;
            }
            answer(out, FAILED, messages);
            return true;
        } catch (OutOfMemoryError | StackOverflowError e) {
            answer(out, BROKEN, List.of(unexplained(e.toString())));
            return false;
        } catch (RuntimeException e) {
            answer(out, BROKEN, List.of(new Message("", 0, 0, "the compiler failed over these sources: " + e)));
            return false;
        }
    }

    private static List<Message> messages(DiagnosticCollector<JavaFileObject> diagnostics) {
        List<Message> messages = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR && messages.size() < MAX_MESSAGES) {
                String path = diagnostic.getSource() instanceof MemoryFileManager.Source source ? source.path() : "";
                messages.add(new Message(
                        path,
                        Math.max(0, diagnostic.getLineNumber()),
                        Math.max(0, diagnostic.getColumnNumber()),
                        CompilerWords.of(diagnostic)));
            }
        }
        return messages;
    }

    private static Message unexplained(String words) {
        boolean stack = words.contains("StackOverflowError");
        String text = stack || words.contains("OutOfMemoryError")
                ? "the compiler ran out of " + (stack ? "stack" : "memory")
                        + " over these sources; simplify them (deeply nested or very long expressions?)"
                : "the compiler refused these sources without saying why: " + words;
        return new Message("", 0, 0, text);
    }

    private static void answer(DataOutputStream out, Map<String, ByteArrayOutputStream> classes) throws IOException {
        out.writeByte(COMPILED);
        out.writeInt(classes.size());
        for (Map.Entry<String, ByteArrayOutputStream> entry : classes.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().size());
            entry.getValue().writeTo(out);
        }
    }

    private static void answer(DataOutputStream out, int status, List<Message> messages) throws IOException {
        out.writeByte(status);
        out.writeInt(messages.size());
        for (Message message : messages) {
            String text = message.text();
            out.writeUTF(message.path());
            out.writeInt((int) Math.min(Integer.MAX_VALUE, message.line()));
            out.writeInt((int) Math.min(Integer.MAX_VALUE, message.column()));
            out.writeUTF(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…");
        }
    }
}
