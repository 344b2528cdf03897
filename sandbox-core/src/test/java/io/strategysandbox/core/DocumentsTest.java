package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the documents point to is there. */
class DocumentsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(path -> path.toString().endsWith(suffix))
                    .filter(path -> Stream.of("target", ".git")
                            .noneMatch(name -> path.toString().contains("/" + name + "/")))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> testsAndLinks() throws IOException {
        Map<String, Path> tests = files("Test.java").stream()
                .collect(Collectors.toMap(
                        path -> path.getFileName().toString().replace(".java", ""),
                        path -> path,
                        (a, b) -> a,
                        TreeMap::new));
        return files(".md").stream()
                .map(document ->
                        DynamicTest.dynamicTest(ROOT.relativize(document).toString(), () -> {
                            String text = Files.readString(document);
                            Matcher test = TEST.matcher(text);
                            while (test.find()) {
                                assertThat(tests).containsKey(test.group(1));
                                if (test.group(2) != null) {
                                    assertThat(tests.get(test.group(1)))
                                            .content()
                                            .contains(" " + test.group(2) + "(");
                                }
                            }
                            Matcher link = LINK.matcher(text);
                            while (link.find()) {
                                assertThat(document.resolveSibling(link.group(1)))
                                        .exists();
                            }
                        }));
    }
}
