package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which source a class file was made of, by the package that the source declares; its folder may be another. */
final class SourcePlaces {

    private static final int MAX_PACKAGE = 1_000;

    private static final Pattern PACKAGE =
            Pattern.compile("\\s*+package\\s++([\\p{javaJavaIdentifierPart}.\\s]{1," + MAX_PACKAGE + "}+);");

    /** Package with '/' after each name, then the file's name; to path. */
    private final Map<String, String> paths = new HashMap<>();

    SourcePlaces(List<SourceFile> sources) {
        for (SourceFile source : sources) {
            String file = source.path().substring(source.path().lastIndexOf('/') + 1);
            paths.putIfAbsent(folder(source) + file, source.path());
        }
    }

    /**
     * The path of a source.
     *
     * @param className internal name of a class
     * @param file the file that the class file says it was made of
     * @return the path; one made of the class's name if there is no such source
     */
    String of(String className, @Nullable String file) {
        String folder = className.substring(0, className.lastIndexOf('/') + 1);
        return paths.getOrDefault(folder + file, PrintableName.of(className) + ".class");
    }

    private static String folder(SourceFile source) {
        String code = withoutComments(new String(source.bytes(), StandardCharsets.UTF_8));
        // Annotations, which may say anything, stand before it in the one file that has annotations of a package.
        boolean annotated = source.path().endsWith("package-info.java");
        Matcher declaration =
                PACKAGE.matcher(annotated ? code.substring(Math.max(code.lastIndexOf("package"), 0)) : code);
        return declaration.lookingAt()
                ? declaration.group(1).replaceAll("\\s", "").replace('.', '/') + "/"
                : "";
    }

    private static String withoutComments(String text) {
        StringBuilder code = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            String end = text.startsWith("/*", at) ? "*/" : text.startsWith("//", at) ? "\n" : "";
            if (end.isEmpty()) {
                code.append(text.charAt(at));
                at++;
            } else {
                int close = text.indexOf(end, at + 2);
                at = close < 0 ? text.length() : close + end.length();
                code.append(' ');
            }
        }
        return code.toString();
    }
}
