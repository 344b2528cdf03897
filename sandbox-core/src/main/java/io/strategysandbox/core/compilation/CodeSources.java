package io.strategysandbox.core.compilation;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where classes of ours and of our libraries lie on this machine. */
public final class CodeSources {

    private CodeSources() {}

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
            return Path.of(source.getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("cannot find where " + className + " was loaded from", e);
        }
    }
}
