package io.strategysandbox.core.compilation.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Keeps what the compiler writes in memory, and refuses to write anything but class files. */
final class MemoryFileManager extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

    MemoryFileManager(JavaFileManager files) {
        super(files);
    }

    Map<String, ByteArrayOutputStream> classes() {
        return classes;
    }

    /** Keeps the libraries open: others compile against them later. */
    @Override
    public void close() {}

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) throws IOException {
        if (kind != JavaFileObject.Kind.CLASS) {
            throw new IOException("no " + kind + " may be written");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        classes.put(className, content);
        return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
            @Override
            public OutputStream openOutputStream() {
                return content;
            }
        };
    }

    @Override
    public FileObject getFileForOutput(Location location, String packageName, String name, FileObject sibling)
            throws IOException {
        throw new IOException("no resource may be written");
    }

    /** A source file in memory. */
    static final class Source extends SimpleJavaFileObject {
        private final String path;
        private final String text;

        Source(String path, String text) {
            super(URI.create("source:///" + encoded(path)), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        private static String encoded(String path) {
            try {
                return new URI(null, null, "/" + path, null).getRawPath().substring(1);
            } catch (java.net.URISyntaxException e) {
                throw new IllegalArgumentException("not a path: " + path, e);
            }
        }

        String path() {
            return path;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
