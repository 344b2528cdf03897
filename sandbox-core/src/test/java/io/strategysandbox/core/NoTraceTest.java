package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.compilation.CompilationResult;
import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.report.ValidationEntry;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import io.strategysandbox.core.validation.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a source would do when it is loaded, made, processed or found as a service: validating it does none of it. */
class NoTraceTest {

    private static final String PROPERTY = "sandbox.test.trace";

    /** Leaves a file, which the compiler's process could leave, too, a property and a line of output. */
    private static final String TRACE = """
            try {
                System.setProperty("%s", "%s");
                System.out.println("trace of %2$s");
                java.nio.file.Files.writeString(java.nio.file.Path.of("%s"), "x");
            } catch (java.io.IOException e) {
                throw new Error(e);
            }
            """;

    @TempDir
    private Path scratch;

    @Test
    void validatingLeavesNone() throws Exception {
        Path strategies = Files.createDirectories(scratch.resolve("strategies"));
        write(strategies, "initialisers/A.java", """
                public class A implements io.strategysandbox.api.TradingStrategy {
                    static final String CONSTANT = trace();
                    static { %s }
                    { %s }
                    static String trace() { %s return "x"; }
                    enum Side { LONG { { trace(); } } }
                    interface Late { Object FIELD = trace(); }
                    @Override public double onBar(org.ta4j.core.BarSeries history) { return Side.LONG.ordinal(); }
                }
                """.formatted(trace("static"), trace("instance"), trace("constant")));
        write(strategies, "processor/P.java", """
                import java.util.Set;
                import javax.annotation.processing.*;
                import javax.lang.model.element.TypeElement;
                @SupportedAnnotationTypes("*")
                public class P extends AbstractProcessor {
                    static { %s }
                    @Override public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) { %s return false; }
                }
                """.formatted(trace("processor"), trace("process")));
        write(strategies, "processor/META-INF/services/javax.annotation.processing.Processor", "P\n");
        write(strategies, "processor/META-INF/services/com.sun.source.util.Plugin", "P\n");
        write(strategies, "plugin/Plug.java", """
                public class Plug implements com.sun.source.util.Plugin {
                    static { %s }
                    @Override public String getName() { return "Plug"; }
                    @Override public void init(com.sun.source.util.JavacTask task, String... args) { %s }
                    @Override public boolean autoStart() { return true; }
                }
                """.formatted(trace("plugin"), trace("init")));
        write(strategies, "plugin/META-INF/services/com.sun.source.util.Plugin", "Plug\n");
        for (String impostor : List.of(
                "io.strategysandbox.core.compilation.worker.CompilerWords",
                "io.strategysandbox.core.validation.SourceTree",
                "com.github.javaparser.JavaParser",
                "org.ta4j.core.BarSeries",
                "com.sun.tools.javac.api.JavacTool")) {
            int dot = impostor.lastIndexOf('.');
            write(
                    strategies,
                    impostor + "/" + impostor.replace('.', '/') + ".java",
                    "package " + impostor.substring(0, dot) + "; public class " + impostor.substring(dot + 1)
                            + " { static { " + trace(impostor) + " } }");
        }
        try (Stream<Path> folders = Files.list(strategies)) {
            for (Path folder : folders.toList()) {
                Files.writeString(folder.resolve("strategy.yaml"), "name: " + folder.getFileName() + "\n");
            }
        }
        List<ValidationEntry> entries = listeningToOutput(() -> Sandbox.validate(
                ConfigLoader.defaults(),
                new RunRequest(strategies, Optional.empty(), scratch.resolve("out")),
                SandboxListener.SILENT));
        assertThat(entries)
                .hasSize(8)
                .allSatisfy(entry ->
                        assertThat(entry.report().accepted()).as(entry.name()).isFalse());
        assertThat(entries.stream().flatMap(entry -> entry.report().findings().stream()))
                .as("the class files were looked at")
                .anySatisfy(finding -> assertThat(finding.layer()).isEqualTo(Finding.Layer.BYTECODE));
        assertThat(System.getProperty(PROPERTY)).isNull();
        assertThat(traces()).isEmpty();
    }

    /** What the other test rests on: such a class does leave its traces where it is loaded. */
    @Test
    void loadingLeavesThem() throws Exception {
        SourceFile source = SourceFile.of(
                "A.java", ("public class A { static { " + trace("loaded") + " } }").getBytes(StandardCharsets.UTF_8));
        try (StrategyCompiler compiler =
                StrategyCompiler.open(ConfigLoader.defaults().sandbox().compiler(), List.of())) {
            CompiledClasses classes = ((CompilationResult.Compiled) compiler.compile(List.of(source))).classes();
            assertThat(traces()).isEmpty();
            Class.forName("A", true, new ClassLoader(getClass().getClassLoader()) {
                @Override
                protected Class<?> findClass(String name) {
                    return defineClass(name, classes.bytes(name), 0, classes.bytes(name).length);
                }
            });
            assertThat(System.getProperty(PROPERTY)).isEqualTo("loaded");
            assertThat(traces()).hasSize(1);
        } finally {
            System.clearProperty(PROPERTY);
        }
    }

    /** Makes something, during which nothing may be printed. */
    @FunctionalInterface
    private interface Quiet {
        List<ValidationEntry> get() throws InterruptedException;
    }

    private static List<ValidationEntry> listeningToOutput(Quiet quiet) throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            return quiet.get();
        } finally {
            System.setOut(before);
            assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("trace of");
        }
    }

    private String trace(String name) {
        return TRACE.formatted(PROPERTY, name, scratch.resolve("trace-" + name));
    }

    private List<Path> traces() throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            return files.filter(file -> file.getFileName().toString().startsWith("trace-"))
                    .toList();
        }
    }

    private static void write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
