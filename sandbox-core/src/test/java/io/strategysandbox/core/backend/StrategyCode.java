package io.strategysandbox.core.backend;

import io.strategysandbox.api.Parameters;
import io.strategysandbox.core.market.Bar;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.Manifest.Direction;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Strategies and bars for tests. */
public final class StrategyCode {

    private static final String IMPORTS = """
            import io.strategysandbox.api.*;
            import java.io.*;
            import java.util.*;
            import org.ta4j.core.*;
            import org.ta4j.core.indicators.*;
            import org.ta4j.core.indicators.helpers.*;
            import org.ta4j.core.num.*;
            import org.ta4j.core.rules.*;
            """;

    private StrategyCode() {}

    /** A job whose class {@code S} implements {@code TradingStrategy} with these members. */
    public static Job targets(Path scratch, String members) {
        return job(scratch, "public class S implements TradingStrategy {\n" + members + "\n}");
    }

    /** A job whose {@code onBar(BarSeries h)} has this body; {@code i} is the last bar's index. */
    public static Job onBar(Path scratch, String body) {
        return targets(
                scratch,
                "public double onBar(BarSeries h) { int i = h.getEndIndex(); try {\n" + body
                        + "\n} catch (IOException e) { throw new UncheckedIOException(e); } }\n"
                        + "static boolean yes() throws IOException { return true; }");
    }

    /** A job of class {@code S}. */
    public static Job job(Path scratch, String code) {
        return job(scratch, code, Direction.LONG, Map.of());
    }

    /** A job of class {@code S}. */
    public static Job job(Path scratch, String code, Direction direction, Map<String, ?> parameters) {
        return new Job("test", compile(scratch, IMPORTS + code), "S", direction, Parameters.of(parameters));
    }

    private static CompiledClasses compile(Path scratch, String code) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath =
                RunnerLaunch.modulePath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        try {
            Path out = Files.createTempDirectory(scratch, "classes");
            SimpleJavaFileObject source =
                    new SimpleJavaFileObject(URI.create("string:///S.java"), javax.tools.JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return code;
                        }
                    };
            List<String> options =
                    List.of("-d", out.toString(), "-cp", classPath, "-proc:none", "-nowarn", "--release", "17", "-g");
            if (!compiler.getTask(messages, null, null, options, null, List.of(source))
                    .call()) {
                throw new IllegalArgumentException(messages + "\n" + code);
            }
            return classes(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompiledClasses classes(Path out) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = out.relativize(file).toString().replace(File.separatorChar, '.');
                classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
            }
        }
        return CompiledClasses.of(classes);
    }

    /** Bars that go up and down; the open is half a unit off the last close. */
    public static Bars waves(int count) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double close = 100 + 10 * Math.sin(i / 5.0) + i * 0.01;
            double open = close + (i % 2 == 0 ? 0.5 : -0.5);
            bars.add(new Bar(
                    Instant.ofEpochSecond(1_600_000_000L + i * 86_400L),
                    open,
                    Math.max(open, close) + 1,
                    Math.min(open, close) - 1,
                    close,
                    1000 + i));
        }
        return Bars.of("waves", bars);
    }

    /** Bars with these opens and closes. */
    public static Bars bars(double[]... opensAndCloses) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < opensAndCloses.length; i++) {
            double open = opensAndCloses[i][0];
            double close = opensAndCloses[i][1];
            bars.add(new Bar(
                    Instant.ofEpochSecond(1_600_000_000L + i * 86_400L),
                    open,
                    Math.max(open, close),
                    Math.min(open, close),
                    close,
                    1));
        }
        return Bars.of("bars", bars);
    }
}
