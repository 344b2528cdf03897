package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

    private static final int SIZE = 4 << 20;

    @TempDir
    Path root;

    @Test
    void writesTheFileItsFoldersAndNothingBesideIt() throws IOException {
        Path file = root.resolve("a/b/results.json");

        AtomicFiles.write(file, "old".getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(file, "new".getBytes(StandardCharsets.UTF_8));

        assertThat(file).hasContent("new");
        assertThat(children(file.getParent())).containsExactly("results.json");
    }

    @Test
    @Timeout(60)
    void aReaderAndAKilledWriterLeaveOnlyWholeFiles() throws Exception {
        Path file = root.resolve("report");
        for (int i = 0; i < 3; i++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(root.resolve("log").toFile())
                    .start();
            try {
                for (int seen = 0; seen < 40; ) {
                    assertThat(writer.isAlive())
                            .as(root.resolve("log").toString())
                            .isTrue();
                    if (Files.exists(file)) {
                        assertWhole(file);
                        seen++;
                    }
                }
            } finally {
                writer.destroyForcibly();
            }
            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertWhole(file);
        }
    }

    private static void assertWhole(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        byte[] whole = new byte[SIZE];
        Arrays.fill(whole, content.length == 0 ? 0 : content[0]);
        assertThat(Arrays.equals(content, whole))
                .as("%s bytes of one kind", content.length)
                .isTrue();
    }

    /** Writes the same file again and again, each time full of another byte, until it is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            byte[] content = new byte[SIZE];
            for (byte kind = 'a'; ; kind = (byte) (kind == 'z' ? 'a' : kind + 1)) {
                Arrays.fill(content, kind);
                AtomicFiles.write(Path.of(arguments[0]), content);
            }
        }
    }

    @Test
    void aLinkIsReplacedAndWhatItPointsToIsNotTouched() throws IOException {
        Path precious = Files.writeString(root.resolve("precious"), "precious");
        Path output = Files.createDirectory(root.resolve("out"));
        Path link = Files.createSymbolicLink(output.resolve("results.json"), precious);

        AtomicFiles.write(link, "new".getBytes(StandardCharsets.UTF_8));

        assertThat(precious).hasContent("precious");
        assertThat(link).isRegularFile().hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void aFileWhereAFolderShouldBeIsNamedWithAFix() throws IOException {
        Path blocked = Files.writeString(root.resolve("blocked"), "a file");
        Path file = blocked.resolve("results.json");

        assertThatThrownBy(() -> AtomicFiles.write(file, new byte[1]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write " + file)
                .hasMessageContaining("make " + blocked + " a folder that can be written to");
        assertThat(blocked).hasContent("a file");
    }

    @Test
    void whatCannotBeReplacedStaysAndNoDraftIsLeft() throws IOException {
        Path file = root.resolve("out/results.json");
        Files.createDirectories(file.resolve("in-the-way"));

        assertThatThrownBy(() -> AtomicFiles.write(file, new byte[1])).hasMessageContaining(file.toString());

        assertThat(children(file.getParent())).containsExactly("results.json");
        assertThat(file.resolve("in-the-way")).exists();
    }

    @Test
    void aFolderReplacesTheOneBeforeAsAWhole() throws IOException {
        Path folder = root.resolve("out/bundle");
        AtomicFiles.writeFolder(folder, Map.of("old", bytes(1), "both", bytes(1)));
        AtomicFiles.writeFolder(folder, Map.of("new", bytes(2), "both", bytes(2)));

        assertThat(children(folder)).containsExactlyInAnyOrder("new", "both");
        assertThat(folder.resolve("both")).hasSize(2);
        assertThat(children(folder.getParent())).containsExactly("bundle");
    }

    @Test
    void aFolderThatCannotBeWrittenLeavesTheOneBeforeAndNoDraft() throws IOException {
        Path folder = root.resolve("out/bundle");
        AtomicFiles.writeFolder(folder, Map.of("old", bytes(1)));

        assertThatThrownBy(() -> AtomicFiles.writeFolder(folder, Map.of("no/such/folder", bytes(1))))
                .hasMessageContaining("cannot write " + folder);

        assertThat(children(folder)).containsExactly("old");
        assertThat(children(folder.getParent())).containsExactly("bundle");
    }

    private static List<String> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }

    private static AtomicFiles.Content bytes(int count) {
        return out -> out.write(new byte[count]);
    }
}
