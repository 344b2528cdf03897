package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles test sources against the test's own class path; nothing touches the disk. */
final class InMemoryCompiler {

    // Not --release: it hides what the JDK has but does not specify, such as sun.misc.Unsafe, and the tests are about
    // that.
    private static final List<String> OPTIONS = List.of(
            "-proc:none",
            "-g",
            "-nowarn",
            "-Xlint:none",
            "-source",
            "17",
            "-target",
            "17",
            "-classpath",
            System.getProperty("java.class.path"));

    private InMemoryCompiler() {}

    /** Source files from path to text. */
    static List<SourceFile> sources(Map<String, String> texts) {
        return new TreeMap<>(texts)
                .entrySet().stream()
                        .map(entry ->
                                SourceFile.of(entry.getKey(), entry.getValue().getBytes(StandardCharsets.UTF_8)))
                        .toList();
    }

    /** The class files of sources that must compile, made for Java 17. */
    static CompiledClasses compile(List<SourceFile> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> output = new TreeMap<>();
        Memory memory = new Memory(compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8), output);
        List<Source> units = sources.stream().map(Source::new).toList();
        if (!compiler.getTask(null, memory, diagnostics, OPTIONS, null, units).call()) {
            throw new AssertionError("the test's source does not compile: " + diagnostics.getDiagnostics());
        }
        Map<String, byte[]> classes = new TreeMap<>();
        output.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return CompiledClasses.of(classes);
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(SourceFile file) {
            super(URI.create("string:///" + file.path()), Kind.SOURCE);
            text = new String(file.bytes(), StandardCharsets.UTF_8);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {

        private final Map<String, ByteArrayOutputStream> output;

        Memory(StandardJavaFileManager delegate, Map<String, ByteArrayOutputStream> output) {
            super(delegate);
            this.output = output;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            output.put(className, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
