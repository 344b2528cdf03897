package io.strategysandbox.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.SandboxProperties;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What the build generates from the goals' annotations, and what is written by hand about it. */
class PluginDescriptorTest {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(sandbox\\.[A-Za-z]+)}");
    private static final Pattern DOCUMENTED = Pattern.compile("\\| `(sandbox\\.[A-Za-z]+)` \\| ([^|]*) \\|.*");

    private PluginDescriptor plugin;

    @BeforeEach
    void read() throws Exception {
        try (Reader reader = Files.newBufferedReader(Path.of("target/classes/META-INF/maven/plugin.xml"))) {
            plugin = new PluginDescriptorBuilder().build(reader);
        }
    }

    @Test
    void goalsHaveTheirPrefixAndPhases() {
        assertThat(plugin.getGoalPrefix()).isEqualTo("sandbox");
        Map<String, String> phases = new TreeMap<>();
        plugin.getMojos().forEach(mojo -> phases.put(mojo.getGoal(), String.valueOf(mojo.getPhase())));
        assertThat(phases)
                .containsExactly(
                        Map.entry("clean", "null"),
                        Map.entry("doctor", "null"),
                        Map.entry("help", "null"),
                        Map.entry("run", "integration-test"),
                        Map.entry("validate", "verify"));
    }

    @Test
    void everyGoalIsThreadSafeAndNeedsNoProject() {
        assertThat(plugin.getMojos()).isNotEmpty().allSatisfy(mojo -> {
            assertThat(mojo.isThreadSafe()).as(mojo.getGoal()).isTrue();
            assertThat(mojo.isProjectRequired()).as(mojo.getGoal()).isFalse();
            assertThat(mojo.getDescription()).as(mojo.getGoal()).isNotBlank();
        });
    }

    @Test
    void everyParameterSaysWhatItIsAndSinceWhen() {
        assertThat(parameters()).isNotEmpty().allSatisfy(parameter -> {
            assertThat(parameter.getDescription()).as(parameter.getName()).isNotBlank();
            assertThat(parameter.getSince()).as(parameter.getName()).isEqualTo("0.1.0");
        });
    }

    @Test
    void everyParameterHasAPropertyAndEveryPropertyAParameterOfItsName() throws Exception {
        Map<String, String> properties = new TreeMap<>();
        for (MojoDescriptor mojo : ours()) {
            for (Parameter parameter : editable(mojo)) {
                Matcher expression =
                        EXPRESSION.matcher(configuration(mojo, parameter).getValue(""));
                assertThat(expression.matches()).as(parameter.getName()).isTrue();
                properties.put(expression.group(1), "sandbox." + parameter.getName());
            }
        }
        assertThat(properties)
                .allSatisfy((property, named) -> assertThat(property).isEqualTo(named));
        assertThat(properties.keySet()).isEqualTo(constants());
    }

    @Test
    void whatTheConfigurationMayDecideHasNoDefaultThatWouldHideIt() throws Exception {
        Map<String, String> defaults = new TreeMap<>();
        for (MojoDescriptor mojo : ours()) {
            for (Parameter parameter : editable(mojo)) {
                String value = configuration(mojo, parameter).getAttribute("default-value");
                if (value != null) {
                    defaults.put("sandbox." + parameter.getName(), value);
                }
            }
        }
        assertThat(defaults)
                .containsOnly(
                        Map.entry(SandboxProperties.SKIP, "false"),
                        Map.entry(SandboxProperties.UNUSED_IMAGES, "false"));
    }

    @Test
    void thePageOnThePluginListsEveryPropertyWithTheDefaultThatHolds() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/maven-plugin.md"))) {
            Matcher row = DOCUMENTED.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2).strip());
            }
        }
        assertThat(documented.keySet()).isEqualTo(constants());
        SandboxSection shipped = ConfigLoader.defaults().sandbox();
        assertThat(documented)
                .containsEntry(SandboxProperties.BACKEND, code(shipped.backend()))
                .containsEntry(SandboxProperties.ISOLATION, code(shipped.isolation()))
                .containsEntry(SandboxProperties.VALIDATION, code(shipped.validation()))
                .containsEntry(SandboxProperties.PARALLELISM, code(shipped.parallelism()))
                .containsEntry(SandboxProperties.FAIL_ON_VIOLATION, code(shipped.failOnViolation()))
                .containsEntry(SandboxProperties.HALT_ON_FAILURE, code(shipped.haltOnFailure()))
                .containsEntry(SandboxProperties.SKIP, code(false));
    }

    @Test
    void theMetadataForEclipseNamesEveryGoalOnceAndNoOther() throws Exception {
        Document metadata;
        try (InputStream in = getClass().getResourceAsStream("/META-INF/m2e/lifecycle-mapping-metadata.xml")) {
            metadata = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
        assertThat(texts(metadata.getElementsByTagName("goal")))
                .containsExactlyInAnyOrderElementsOf(
                        ours().stream().map(MojoDescriptor::getGoal).toList());
        assertThat(metadata.getElementsByTagName("action").getLength())
                .isEqualTo(metadata.getElementsByTagName("pluginExecution").getLength());
        assertThat(texts(metadata.getElementsByTagName("runOnIncremental"))).containsExactly("false");
    }

    private List<MojoDescriptor> ours() {
        return plugin.getMojos().stream()
                .filter(mojo -> !mojo.getGoal().equals("help"))
                .toList();
    }

    private List<Parameter> parameters() {
        return ours().stream().flatMap(mojo -> editable(mojo).stream()).toList();
    }

    private static List<Parameter> editable(MojoDescriptor mojo) {
        return mojo.getParameters().stream().filter(Parameter::isEditable).toList();
    }

    private static PlexusConfiguration configuration(MojoDescriptor mojo, Parameter parameter) throws Exception {
        return mojo.getMojoConfiguration().getChild(parameter.getName());
    }

    private static Set<String> constants() throws IllegalAccessException {
        TreeSet<String> constants = new TreeSet<>();
        for (Field field : SandboxProperties.class.getDeclaredFields()) {
            if (field.getType() == String.class) {
                constants.add((String) field.get(null));
            }
        }
        return constants;
    }

    private static String code(Object value) {
        return "`" + value.toString().toLowerCase(Locale.ROOT) + "`";
    }

    private static List<String> texts(NodeList nodes) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }
}
