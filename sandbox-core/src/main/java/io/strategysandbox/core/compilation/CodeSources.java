package io.strategysandbox.core.compilation;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;

/** Where classes of ours and of our libraries lie on this machine. */
public final class CodeSources {

    private CodeSources() {}

    /**
     * The whole class path that this project was loaded from.
     *
     * @return jar files and class directories, absolute; without what a class loader further up provides
     */
    public static List<Path> all() {
        ClassLoader loader = CodeSources.class.getClassLoader();
        if (loader instanceof URLClassLoader urls) {
            return Arrays.stream(urls.getURLs()).map(CodeSources::path).toList();
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(path -> Path.of(path).toAbsolutePath())
                .toList();
    }

    private static Path path(URL location) {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot use " + location, e);
        }
    }

    /**
     * The jar file or class directory of a class of this project or its libraries. Never called with a name from outside.
     *
     * @param className a class on this project's class path
     * @return its jar file, or its class directory where this project itself is being built
     */
    public static Path of(String className) {
        try {
            CodeSource source = Class.forName(className, false, CodeSources.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            if (source == null) {
                throw new IllegalStateException("no code source for " + className);
            }
            return path(source.getLocation());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("cannot find where " + className + " was loaded from", e);
        }
    }
}
