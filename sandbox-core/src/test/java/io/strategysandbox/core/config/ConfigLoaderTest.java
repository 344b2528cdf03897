package io.strategysandbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.config.LearningSystemConfig.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    @TempDir
    Path folder;

    @Test
    void theShippedFilesGiveWhatIsPromised() {
        SandboxConfig config = ConfigLoader.defaults();
        assertThat(config).isEqualTo(ConfigLoader.builtIn());
        assertThat(config.docker().limits().memoryBytes()).isEqualTo(2L << 30);
        assertThat(config.docker().limits().cpus()).isEqualTo(0.5);
        assertThat(config.docker().limits().timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.docker().limits().pids()).isEqualTo(64);
        assertThat(config.docker().output().limitBytes()).isEqualTo(64L << 20);
    }

    @Test
    void aFolderChangesOnlyWhatItNames() throws IOException {
        Files.writeString(folder.resolve("docker_config.yaml"), "limits: { memory: 512MiB }\nfeed: lockstep\n");
        SandboxConfig config = ConfigLoader.load(folder);
        assertThat(config.docker().limits().memoryBytes()).isEqualTo(512L << 20);
        assertThat(config.docker().limits().pids()).isEqualTo(64);
        assertThat(config.docker().feed().window()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limits: { memori: 1GiB }    | docker_config.yaml:2: limits.memori is not a known key; did you mean 'memory'?
            limits: { memory: lots }    | docker_config.yaml:2: limits.memory is 'lots'; allowed is a size such as
            limits: { memory: 0 }       | docker_config.yaml:2: limits.memory is '0'
            limits: { cpus: -1 }        | docker_config.yaml:2: limits.cpus is '-1'; allowed is a number from
            limits: { timeout: 10 }     | docker_config.yaml:2: limits.timeout is '10'; allowed is a time such as
            limits: { pids: 2.5 }       | docker_config.yaml:2: limits.pids is '2.5'; allowed is a whole number
            limits: 5                   | docker_config.yaml:2: limits must be a mapping
            security: { uid: 0 }        | docker_config.yaml:2: security.uid is '0'
            feed: { window: 0 }         | docker_config.yaml:2: feed.window is '0'
            feed: slow                  | docker_config.yaml:2: feed must be 'lockstep'
            limits: { memory: -1 }      | docker_config.yaml:2: limits.memory is '-1'
            limits: { memory: 1.5 }     | docker_config.yaml:2: limits.memory is '1.5'
            limits: { memory: [1] }     | docker_config.yaml:2: limits.memory must be a single value
            limits: { timeout: 8000h }  | docker_config.yaml:2: limits.timeout is '8000h'
            limits: { cpus: .nan }      | docker_config.yaml:2: limits.cpus is '.nan'
            limits: { cpus: 1e999 }     | docker_config.yaml:2: limits.cpus is '1e999'
            limits: { cpus: !big 1 }    | docker_config.yaml:2: limits.cpus has the tag '!big'
            image: { repository: Ü }    | docker_config.yaml:2: image.repository is 'Ü'
            image: { repository: "a\\e[31m" } | image.repository is 'a\\u001B[31m'
            engine: !!java.net.URL [x]  | docker_config.yaml:2: is not YAML: Global tag is not allowed
            '[a]: b'                    | a key must be a plain word
            '- a'                       | must be a mapping of keys to values
            'limits: [1'                | is not YAML
            """)
    void whatCannotBeUsedIsNamedWithItsLine(String line, String message) throws IOException {
        Files.writeString(folder.resolve("docker_config.yaml"), "# mine\n" + line + "\n");
        assertThatThrownBy(() -> ConfigLoader.load(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void keysGivenTwiceAndWordsThatAreNoneAreNamed() throws IOException {
        Files.writeString(
                folder.resolve("learning_system.yaml"),
                "sandbox:\n  backend: podman\n  backend: local\n  isolation: none\n");
        assertThatThrownBy(() -> ConfigLoader.load(folder))
                .hasMessageContaining("learning_system.yaml:3: sandbox.backend is given twice")
                .hasMessageContaining("allowed is one of auto, docker, local")
                .hasMessageContaining("learning_system.yaml:4");
    }

    @Test
    void theValidatorsListIsExtendedByPlainLines() throws IOException {
        Path file = folder.resolve("learning_system.yaml");
        Files.writeString(file, """
                sandbox:
                  validator:
                    strict: true
                    allow:
                      - com.acme.signals.** *
                      - java.util.zip.CRC32 <init> update(byte[],int,int) get*
                """);
        assertThat(ConfigLoader.load(folder).sandbox().validator())
                .isEqualTo(new Validator(
                        true,
                        List.of("com.acme.signals.** *", "java.util.zip.CRC32 <init> update(byte[],int,int) get*")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Signals *", "com.acme.Signals", "'** *'", "com.** . *", "com.acme.A ?x", "com.acme.A !x", "''"})
    void aLineThatIsNoneIsNamed(String line) throws IOException {
        Files.writeString(
                folder.resolve("learning_system.yaml"),
                "sandbox:\n  validator:\n    allow:\n      - com.acme.A *\n      - " + line + "\n");
        assertThatThrownBy(() -> ConfigLoader.load(folder))
                .hasMessageContaining("learning_system.yaml:5: sandbox.validator.allow has the entry '")
                .hasMessageContaining("allowed is a class or package and its members, such as 'com.acme.Signals *'");
    }

    @Test
    void aSingleLineInPlaceOfAListIsNamed() throws IOException {
        Files.writeString(folder.resolve("learning_system.yaml"), "sandbox:\n  validator:\n    allow: com.acme.A *\n");
        assertThatThrownBy(() -> ConfigLoader.load(folder))
                .hasMessageContaining("learning_system.yaml:3: sandbox.validator.allow must be a list");
    }

    @Test
    void whoIsToldWhatIsMeasuredIsRead() throws IOException {
        Files.writeString(folder.resolve("learning_system.yaml"), """
                monitor:
                  endpoint: { port: 9464 }
                  push: { url: 'https://gateway.example:9091/below', job: mine, grouping: [a=b/c, d=e f], timeout: 2s }
                """);
        assertThat(ConfigLoader.load(folder).monitor())
                .isEqualTo(new LearningSystemConfig.Monitor(
                        new LearningSystemConfig.Endpoint(9464, "127.0.0.1"),
                        new LearningSystemConfig.Push(
                                Optional.of("https://gateway.example:9091/below"),
                                "mine",
                                List.of("a=b/c", "d=e f"),
                                Duration.ofSeconds(2))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint: { port: 70000 } | monitor.endpoint.port is '70000'; allowed is a whole number from 0 to 65535",
                "endpoint: { prot: 1 } | monitor.endpoint.prot is not a known key; did you mean 'port'?",
                "pusher: { url: x } | monitor.pusher is not a known key",
                "push: { url: 'gateway:9091' } | monitor.push.url is 'gateway:9091'; allowed is an address such as",
                "push: { url: 'ftp://gateway' } | monitor.push.url is 'ftp://gateway'",
                "push: { url: 'http://g/?q' } | monitor.push.url is",
                "push: { grouping: [instance] } | monitor.push.grouping has the entry 'instance'",
                "push: { grouping: ['1a=b'] } | monitor.push.grouping has the entry '1a=b'",
                "push: { grouping: ['job=b'] } | monitor.push.grouping has the entry 'job=b'"
            })
    void aPlaceToTellThatIsNoneIsNamedWithItsLine(String line, String message) throws IOException {
        Files.writeString(folder.resolve("learning_system.yaml"), "monitor:\n  " + line + "\n");
        assertThatThrownBy(() -> ConfigLoader.load(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("learning_system.yaml:2: " + message);
    }

    @Test
    void anEmptyValueLeavesTheDefault() throws IOException {
        Files.writeString(folder.resolve("docker_config.yaml"), "limits:\nfeed:\nimage: { base: }\n");
        assertThat(ConfigLoader.load(folder)).isEqualTo(ConfigLoader.defaults());
    }

    @Test
    void byteOrderMarksAndWindowsLinesAreRead() throws IOException {
        Files.writeString(folder.resolve("docker_config.yaml"), "\uFEFFlimits:\r\n  pids: 32\r\n");
        assertThat(ConfigLoader.load(folder).docker().limits().pids()).isEqualTo(32);
    }

    @Test
    void whatIsNoTextFileIsAnError() throws IOException {
        Path file = folder.resolve("docker_config.yaml");
        Files.write(file, new byte[] {'a', (byte) 0xE9, ':'});
        assertThatThrownBy(() -> ConfigLoader.load(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("UTF-8");
        Files.write(file, new byte[10 << 20]);
        assertThatThrownBy(() -> ConfigLoader.load(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has more than");
    }

    @Test
    void textThatIsMadeToExhaustAParserEndsInAnError() throws IOException {
        Path file = folder.resolve("docker_config.yaml");
        for (String hostile : List.of(
                "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n",
                "a: " + "[".repeat(100_000),
                "a:\n" + "- ".repeat(10_000),
                "image: { repository: " + "a-".repeat(50_000) + "a }",
                "x: 1\n".repeat(50_000),
                IntStream.range(0, 20_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining()))) {
            Files.writeString(file, hostile);
            assertThatThrownBy(() -> ConfigLoader.load(folder))
                    .isInstanceOf(ConfigException.class)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(50_000));
        }
    }

    @Test
    void pathsAreRelativeToTheFile() throws IOException {
        Path file = folder.resolve("docker_config.yaml");
        Path profile = Files.writeString(
                folder.resolve("ours.json"), "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": []}");
        Files.writeString(
                file, "image: { dockerfile: ours/Dockerfile }\nsecurity: { seccompProfile: " + profile + " }\n");
        assertThat(ConfigLoader.load(folder).docker().image().dockerfile())
                .hasValue(folder.resolve("ours/Dockerfile").toString());
        assertThat(ConfigLoader.load(folder).docker().security().seccompProfile())
                .hasValue(profile.toString());
        Files.writeString(file, "image: { dockerfile: \"a\\0b\", base: debian }\n");
        assertThatThrownBy(() -> ConfigLoader.load(folder)).hasMessageContaining("which is no path");
        Files.writeString(file, "image: { dockerfile: Dockerfile, base: debian }\n");
        assertThatThrownBy(() -> ConfigLoader.load(folder)).hasMessageContaining("and so is base");
    }

    @Test
    void aFolderWithNeitherFileIsAnError() {
        assertThatThrownBy(() -> ConfigLoader.load(folder)).hasMessageContaining("holds neither");
    }
}
