package io.strategysandbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Whatever the documentation says a manifest may hold, some example holds. */
class ManifestKeysTest {

    private static final Pattern KEY = Pattern.compile("(?m)(?:^|[{,] *)([A-Za-z]+):");
    private static final Pattern CODE = Pattern.compile("(?s)```yaml\\n(.*?)```|`([^`\\n]+)`");

    @Test
    void everyDocumentedKeyOccursInAnExample() throws IOException {
        Set<String> documented = documentedKeys();
        assertThat(documented).contains("direction", "closeAtEnd", "units", "timeout", "slippageBps", "bars");

        Set<String> used = new TreeSet<>();
        manifests().forEach(manifest -> addKeys(manifest, used));

        assertThat(used).containsAll(documented);
    }

    @Test
    void everyChoiceOccursInAnExample() throws IOException {
        List<Map<String, Object>> manifests = manifests();

        assertThat(manifests).extracting(manifest -> manifest.get("direction")).contains("short");
        assertThat(manifests).extracting(manifest -> manifest.get("closeAtEnd")).contains(true);
        assertThat(manifests)
                .extracting(manifest -> manifest.get("sizing"))
                .contains("whole")
                .hasAtLeastOneElementOfType(Map.class);
        assertThat(manifests)
                .extracting(manifest -> manifest.get("data"))
                .hasAtLeastOneElementOfType(String.class)
                .hasAtLeastOneElementOfType(Map.class);
        assertThat(manifests.stream()
                        .map(manifest -> manifest.get("params"))
                        .flatMap(parameters ->
                                parameters instanceof Map<?, ?> map ? map.values().stream() : Stream.of()))
                .hasAtLeastOneElementOfType(String.class)
                .hasAtLeastOneElementOfType(Boolean.class)
                .hasAtLeastOneElementOfType(Integer.class)
                .hasAtLeastOneElementOfType(Double.class);
    }

    private static Set<String> documentedKeys() throws IOException {
        String page = Files.readString(Examples.ROOT.resolveSibling("docs/strategies.md"));
        return CODE.matcher(page)
                .results()
                .map(code -> code.group(1) == null ? code.group(2) : code.group(1))
                .flatMap(code -> KEY.matcher(code).results())
                .map((MatchResult key) -> key.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Map<String, Object>> manifests() throws IOException {
        List<Map<String, Object>> manifests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Examples.ROOT.resolve("strategies"))) {
            for (Path file :
                    files.filter(file -> file.endsWith("strategy.yaml")).toList()) {
                manifests.add(new Yaml().load(Files.readString(file)));
            }
        }
        return manifests;
    }

    private static void addKeys(Object node, Set<String> keys) {
        if (node instanceof Map<?, ?> mapping) {
            mapping.forEach((key, value) -> {
                keys.add(String.valueOf(key));
                addKeys(value, keys);
            });
        }
    }
}
