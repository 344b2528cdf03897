package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which source a class file was made of, by the package that the source declares; its folder may be another. */
final class SourcePlaces {

    private static final int MAX_PACKAGE = 1_000;

    private static final Pattern PACKAGE =
            Pattern.compile("\\s*+package\\s++([\\p{javaJavaIdentifierPart}.\\s]{1," + MAX_PACKAGE + "}+);");

    private static final Pattern TYPE =
            Pattern.compile("\\b(?:class|interface|enum|record)\\s++(\\p{javaJavaIdentifierPart}++)");

    /** Package with '/' after each name, then the file's name; to the sources of that name, which are one but in odd folders. */
    private final Map<String, List<Source>> sources = new HashMap<>();

    /** A source and the names of the types that it may declare; none are asked for while it is the only one of its name. */
    private record Source(String path, Set<String> types) {}

    SourcePlaces(List<SourceFile> files) {
        Map<String, List<SourceFile>> named = new HashMap<>();
        for (SourceFile file : files) {
            String name = file.path().substring(file.path().lastIndexOf('/') + 1);
            named.computeIfAbsent(folder(file) + name, any -> new ArrayList<>()).add(file);
        }
        named.forEach((name, alike) -> sources.put(
                name,
                alike.stream()
                        .map(file -> new Source(file.path(), alike.size() == 1 ? Set.of() : types(file)))
                        .toList()));
    }

    /**
     * The path of a source.
     *
     * @param className internal name of a class
     * @param file the file that the class file says it was made of
     * @return the path; one made of the class's name if there is no such source, or more than one that may be it
     */
    String of(String className, @Nullable String file) {
        int simple = className.lastIndexOf('/') + 1;
        List<Source> alike = sources.getOrDefault(className.substring(0, simple) + file, List.of());
        List<Source> possible = alike.size() == 1
                ? alike
                : alike.stream()
                        .filter(source -> declares(source, className.substring(simple)))
                        .toList();
        return possible.size() == 1 ? possible.get(0).path() : PrintableName.of(className) + ".class";
    }

    /** Whether a source may declare a class, or the one around it: a dollar sign stands between them, or in a name. */
    private static boolean declares(Source source, String className) {
        return IntStream.concat(
                        IntStream.of(className.length()),
                        IntStream.range(1, className.length()).filter(i -> className.charAt(i) == '$'))
                .anyMatch(end -> source.types().contains(className.substring(0, end)));
    }

    private static Set<String> types(SourceFile file) {
        Set<String> types = new HashSet<>();
        Matcher type = TYPE.matcher(withoutComments(new String(file.bytes(), StandardCharsets.UTF_8)));
        while (type.find()) {
            types.add(type.group(1));
        }
        return types;
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
