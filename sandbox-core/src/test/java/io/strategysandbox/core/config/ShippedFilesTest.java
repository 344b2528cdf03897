package io.strategysandbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The shipped files are the documentation of what can be set: complete, and each key explained. */
class ShippedFilesTest {

    private static final Pattern KEY = Pattern.compile("\\s*[A-Za-z]+:.*");

    @ParameterizedTest
    @CsvSource({
        "docker_config.yaml, io.strategysandbox.core.config.DockerConfig",
        "learning_system.yaml, io.strategysandbox.core.config.LearningSystemConfig"
    })
    void giveEveryRecordComponentAndNothingElse(String file, Class<?> record) throws IOException {
        Set<String> keys = new TreeSet<>();
        keys("", new Yaml().load(shipped(file)), keys);
        Set<String> components = new TreeSet<>();
        components("", record, components);
        assertThat(components).hasSizeGreaterThan(5);
        assertThat(keys).isEqualTo(components);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker_config.yaml", "learning_system.yaml"})
    void haveACommentAboveEveryKey(String file) throws IOException {
        List<String> lines = shipped(file).lines().toList();
        assertThat(lines).anyMatch(line -> KEY.matcher(line).matches());
        for (int i = 0; i < lines.size(); i++) {
            if (KEY.matcher(lines.get(i)).matches()) {
                assertThat(i).isPositive();
                assertThat(lines.get(i - 1).strip())
                        .as("above '%s'", lines.get(i))
                        .startsWith("#");
            }
        }
    }

    private static void keys(String prefix, Map<String, Object> mapping, Set<String> keys) {
        mapping.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                @SuppressWarnings("unchecked")
                Map<String, Object> typed = (Map<String, Object>) below;
                keys(prefix + key + ".", typed, keys);
            } else {
                keys.add(prefix + key);
            }
        });
    }

    /** A component carries its unit in its name, and the key in its value. */
    private static void components(String prefix, Class<?> record, Set<String> components) {
        for (RecordComponent component : record.getRecordComponents()) {
            String key = component.getName().replaceFirst("Bytes$", "").replace("tmpInodes", "tmpFiles");
            if (component.getType().isRecord()) {
                components(prefix + key + ".", component.getType(), components);
            } else {
                components.add(prefix + key);
            }
        }
    }

    private static String shipped(String file) throws IOException {
        try (InputStream in = ShippedFilesTest.class.getResourceAsStream("/io/strategysandbox/config/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
