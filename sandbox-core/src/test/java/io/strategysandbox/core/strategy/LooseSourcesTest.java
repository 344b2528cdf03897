package io.strategysandbox.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LooseSourcesTest {

    @TempDir
    private Path outside;

    @TempDir
    private Path folder;

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void javaFilesAtAnyDepthAreFoundInOrder() throws IOException {
        write("b/B.java", "b");
        write("a/deep/A.java", "a");
        write("C.java", "c");
        write("a/strategy.yaml", "name: a");
        write(".git/Hidden.java", "h");

        List<LooseSources.Loose> found = LooseSources.discover(folder);

        assertThat(found).extracting(LooseSources.Loose::path).containsExactly("C.java", "a/deep/A.java", "b/B.java");
        assertThat(found.get(1).source().orElseThrow().bytes()).isEqualTo(new byte[] {'a'});
    }

    @Test
    void linksThatLeaveTheFolderAreNotFollowed() throws IOException {
        Files.writeString(outside.resolve("Secret.java"), "secret");
        Files.createSymbolicLink(folder.resolve("Link.java"), outside.resolve("Secret.java"));
        Files.createSymbolicLink(folder.resolve("Nothing.java"), folder.resolve("absent"));
        Files.createSymbolicLink(folder.resolve("links"), outside);

        assertThat(LooseSources.discover(folder)).hasSize(2).allSatisfy(loose -> {
            assertThat(loose.source()).isEmpty();
            assertThat(loose.problem().orElseThrow().rule()).isEqualTo("link-leaves-tree");
        });
    }

    @Test
    void whatIsTooLargeIsSaidToBe() throws IOException {
        write("Large.java", " ".repeat((1 << 20) + 1));

        assertThat(LooseSources.discover(folder).get(0).problem().orElseThrow().message())
                .contains("1048576 bytes");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a backslash is part of a name")
    void aNameThatLiesIsRefused() throws IOException {
        write("sub/A.java", "class A {}");
        write("sub\\A.java", "class Evil {}");
        write("\u3164.java", "class B {}");
        assertThat(LooseSources.discover(folder))
                .filteredOn(loose -> loose.problem().isPresent())
                .hasSize(2)
                .allSatisfy(loose ->
                        assertThat(loose.problem().orElseThrow().rule()).isEqualTo("file-name-invalid"));
    }

    @Test
    void whatAFolderKeepsIsBounded() throws IOException {
        long most = StrategyDiscovery.MAX_FOLDER_BYTES >> 20;
        for (int i = 0; i <= most; i++) {
            try (RandomAccessFile file = new RandomAccessFile(
                    folder.resolve(String.format("A%03d.java", i)).toFile(), "rw")) {
                file.setLength(1 << 20);
            }
        }
        List<LooseSources.Loose> found = LooseSources.discover(folder);
        assertThat(found.subList(0, (int) most))
                .allSatisfy(loose -> assertThat(loose.problem()).isEmpty());
        assertThat(found.get((int) most).problem().orElseThrow().message())
                .contains("more than " + StrategyDiscovery.MAX_FOLDER_BYTES + " bytes");
    }

    @Test
    void aFolderThatCannotBeReadIsAnError() {
        assertThatThrownBy(() -> LooseSources.discover(folder.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class);
    }
}
