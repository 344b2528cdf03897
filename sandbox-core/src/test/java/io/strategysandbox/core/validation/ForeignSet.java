package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Sources of others that compile together, as the build unpacks them.
 *
 * @param name the directory they lie in
 * @param files all of them, by path
 * @param leftOut path to reason: those that do more than compute, and say nothing about honest strategies
 */
record ForeignSet(String name, List<SourceFile> files, Map<String, String> leftOut) {

    private static final Path DIRECTORY = Path.of("target", "foreign-sources");

    /** A library that is not in the set, and a strategy cannot see either. */
    private static final String OUTSIDE = "import org.apfloat.";

    /** The names of all sets. */
    static List<String> names() {
        try (Stream<Path> directories = Files.list(DIRECTORY)) {
            return directories
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the build unpacks the sources at generate-test-resources", e);
        }
    }

    /** Packages that the sandbox has itself are refused to a strategy; their code is looked at under another name. */
    static ForeignSet read(String name) {
        Path root = DIRECTORY.resolve(name);
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String text = renamed(name, Files.readString(path, StandardCharsets.UTF_8));
                if (!text.contains(OUTSIDE)) {
                    texts.put(renamed(name, root.relativize(path).toString()), text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> leftOut = new TreeMap<>();
        texts.forEach((path, text) -> OnlyComputes.reasonAgainst(text).ifPresent(reason -> leftOut.put(path, reason)));
        return new ForeignSet(name, InMemoryCompiler.sources(texts), leftOut);
    }

    private static String renamed(String name, String text) {
        String reserved = name.equals("commons-math") ? "org([./])apache[./]commons[./]math3" : "org([./])ta4j";
        return text.replaceAll(reserved, "foreign$1" + name.replace("-", ""));
    }

    boolean isSelected(String path) {
        return !leftOut.containsKey(path);
    }

    int selected() {
        return files.size() - leftOut.size();
    }
}
