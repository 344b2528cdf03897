package io.strategysandbox.core.compilation.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
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
 * tables of contents of the libraries are kept, which hold nothing of the sources. It compiles a class of its own first, so
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

    /** Touches what strategies touch, so that no strategy pays for loading that part of javac: generics, lambdas, streams. */
    private static final String WARM_UP = """
            import java.util.*;
            import java.util.function.*;
            import java.util.stream.*;
            import org.ta4j.core.*;
            import org.ta4j.core.indicators.*;
            import org.ta4j.core.indicators.helpers.*;
            import org.ta4j.core.num.Num;
            import org.ta4j.core.rules.*;

            public class WarmUp implements Comparable<WarmUp> {
                enum Side {
                    LONG { @Override int sign() { return 1; } }, SHORT;
                    int sign() { return switch (this) { case LONG -> 1; case SHORT -> -1; }; }
                }
                record Point(int bar, double value) implements Comparable<Point> {
                    Point { if (bar < 0) throw new IllegalArgumentException("bar " + bar); }
                    public int compareTo(Point o) { return Double.compare(value, o.value); }
                }
                sealed interface Order permits Buy, Sell {}
                record Buy(Num price) implements Order {}
                record Sell(Num price) implements Order {}
                static class Window<T extends Comparable<? super T>> extends AbstractList<T> implements RandomAccess {
                    private final Deque<T> kept = new ArrayDeque<>();
                    private final int size;
                    Window(int size) { this.size = size; }
                    @Override public boolean add(T t) { if (kept.size() == size) kept.poll(); return kept.add(t); }
                    @Override public T get(int i) { return kept.stream().skip(i).findFirst().orElseThrow(); }
                    @Override public int size() { return kept.size(); }
                    Optional<T> most() { return kept.stream().max(Comparator.naturalOrder()); }
                    <R extends Comparable<R>> Window<R> map(Function<? super T, ? extends R> f) {
                        Window<R> other = new Window<>(size);
                        for (T t : this) other.add(f.apply(t));
                        return other;
                    }
                }
                static class Slope extends CachedIndicator<Num> {
                    private final Indicator<Num> base;
                    Slope(Indicator<Num> base) { super(base); this.base = base; }
                    @Override protected Num calculate(int i) {
                        return i == 0 ? base.getValue(0) : base.getValue(i).minus(base.getValue(i - 1));
                    }
                    @Override public int getUnstableBars() { return 1; }
                }
                private static final int[][] GRID = {{1, 2}, {3}};
                private final Map<String, Point> seen = new TreeMap<>();
                private long state = 0x9E3779B97F4A7C15L;
                @Override public int compareTo(WarmUp other) { return Long.compare(state, other.state); }
                public static Strategy buildStrategy(BarSeries series) {
                    ClosePriceIndicator close = new ClosePriceIndicator(series);
                    SMAIndicator slow = new SMAIndicator(close, 30);
                    Rule entry = new CrossedUpIndicatorRule(new EMAIndicator(close, 10), slow)
                            .and(new OverIndicatorRule(new Slope(close), series.numOf(0)));
                    return new BaseStrategy(entry, new StopLossRule(close, series.numOf(2)).or(entry.negation()));
                }
                double of(BarSeries series) {
                    List<String> names = new ArrayList<>();
                    for (int i = 0, n = series.getBarCount(); i < n; i++) {
                        Bar bar = series.getBar(i);
                        Point point = new Point(i, bar.getClosePrice().doubleValue() * 1.5e-3 + (i & 3) - (i >>> 1));
                        seen.merge("bar" + i, point, (a, b) -> a.value() > b.value() ? a : b);
                        names.add(String.format(Locale.ROOT, "%d %.2f", i, point.value()));
                    }
                    names.sort(Comparator.comparing(String::length).thenComparing(Comparator.reverseOrder()));
                    names.forEach(name -> System.out.println(name + names.size()));
                    Map<Boolean, List<Integer>> parts = IntStream.range(0, 9).boxed()
                            .collect(Collectors.partitioningBy(i -> i % 2 == 0, Collectors.toList()));
                    Map<Side, Double> sums = Stream.of(1, 2).map(i -> i * 2).filter(i -> i > 2)
                            .collect(Collectors.groupingBy(i -> i > 3 ? Side.LONG : Side.SHORT, Collectors.summingDouble(i -> i)));
                    Supplier<Window<Double>> window = () -> new Window<>(GRID[0][1]);
                    BiFunction<Double, Double, Double> add = Double::sum;
                    Runnable next = new Runnable() { private int n; public void run() { state ^= state << 13 | n++; } };
                    outer:
                    while (true) {
                        do {
                            next.run();
                            if (state % 5 == 0) continue outer;
                        } while (state > 0);
                        break;
                    }
                    try {
                        double most = window.get().map(d -> add.apply(d, 1.0)).most().orElse(Double.NaN);
                        return parts.get(true).size() + sums.getOrDefault(Side.LONG, most);
                    } catch (ArithmeticException | IllegalStateException e) {
                        throw new IllegalArgumentException(e.getMessage(), e);
                    } finally {
                        state = ~state;
                    }
                }
                Num price(Order order, char c) {
                    switch (c) { case 'a': case 'b': state += c; break; default: state--; }
                    String text = switch ("" + c) { case "x" -> "y"; case "z" -> { String t = "w"; yield t + c; } default -> ""; };
                    Object sum = Stream.of(text, c).toList();
                    if (sum instanceof List<?> list && !list.isEmpty() && order instanceof Buy buy) return buy.price();
                    return order instanceof Sell s ? s.price().multipliedBy(s.price()) : null;
                }
            }
            """;

    /** The first loads what is missing, the second lets the JVM translate some of it. */
    private static final int WARM_UPS = 2;

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
        for (int i = 0; i < WARM_UPS; i++) {
            worker.warmUp();
        }
        out.writeByte(READY);
        out.flush();
        boolean usable = true;
        while (usable) {
            usable = worker.serve(requests.take(), out);
            out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private void warmUp() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        serve(
                new Request(List.of(new MemoryFileManager.Source("WarmUp.java", WARM_UP)), List.of()),
                new DataOutputStream(answer));
        if (answer.toByteArray()[0] != COMPILED) {
            throw new IllegalStateException("what it begins with does not compile: " + answer);
        }
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
