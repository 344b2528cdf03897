package io.strategysandbox.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strategysandbox.core.testing.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary folders of processes that close them, that live, that were killed, and of others. */
class ScratchFolderTest {

    private static final String ABANDONED = "strategy-sandbox-4711.1600000000000-12345";

    @TempDir
    private Path temporary;

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    /** Keeps a folder until it is killed. */
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] arguments) throws Exception {
            ScratchFolder folder = ScratchFolder.create(Path.of(arguments[0]));
            Files.writeString(folder.path().resolve("file"), "x");
            System.out.println(folder.path());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void aFolderIsEmptyAndThisUsersAloneAndLeavesNothing() throws Exception {
        try (ScratchFolder folder = ScratchFolder.create(temporary)) {
            assertThat(folder.path()).isEmptyDirectory();
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.path().getParent())))
                    .isEqualTo("rwx------");
            Files.createDirectories(folder.path().resolve("a/b"));
            Files.writeString(folder.path().resolve("a/b/c"), "x");
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsDeletedIsTheLinkAndNotWhereItLeads() throws Exception {
        Path kept = Files.createDirectory(temporary.resolve("kept"));
        Files.writeString(kept.resolve("file"), "x");
        try (ScratchFolder folder = ScratchFolder.create(temporary)) {
            Files.createSymbolicLink(folder.path().resolve("link"), kept);
        }
        assertThat(left()).containsExactly(kept);
        assertThat(kept.resolve("file")).exists();
    }

    @Test
    void aSweepDeletesWhatAKilledProcessLeftAndNothingOfTheLiving() throws Exception {
        Process killed = keeper();
        Process living = keeper();
        try (ScratchFolder own = ScratchFolder.create(temporary)) {
            Path orphan = folderOf(killed);
            Path owned = folderOf(living);
            ScratchFolder.sweep(temporary);
            assertThat(orphan).as("both live").exists();
            killed.destroyForcibly().waitFor();

            ScratchFolder.sweep(temporary);

            assertThat(orphan.getParent()).doesNotExist();
            assertThat(owned.resolve("file")).exists();
            assertThat(own.path()).exists();
            living.destroyForcibly().waitFor();
            ScratchFolder.sweep(temporary);
            assertThat(left()).containsExactly(own.path().getParent());
        } finally {
            killed.destroyForcibly();
            living.destroyForcibly();
        }
    }

    private Process keeper() throws IOException {
        return Jvm.of(Jvm.HOME, List.of(), Keeper.class).start(temporary.toString());
    }

    private static Path folderOf(Process keeper) throws IOException {
        return Path.of(
                new BufferedReader(new InputStreamReader(keeper.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    @Test
    void aFolderWhoseOwnerDiedBeforeItLockedItIsDeleted() throws Exception {
        Files.createDirectory(temporary.resolve(ABANDONED));

        ScratchFolder.sweep(temporary);

        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsNotOursIsNotTouched() throws Exception {
        Path other = Files.createDirectory(temporary.resolve("strategy-sandbox-notes"));
        Path file = Files.writeString(temporary.resolve(ABANDONED), "x");
        Path link = Files.createSymbolicLink(temporary.resolve(ABANDONED + "6"), other);

        ScratchFolder.sweep(temporary);

        assertThat(left()).containsExactlyInAnyOrder(other, file, link);
    }

    @Test
    void anotherUsersFolderIsNotTouched() throws Exception {
        assumeTrue(Files.getAttribute(temporary, "unix:uid").equals(0), "only root can make one of another user");
        Path folder = Files.createDirectory(temporary.resolve(ABANDONED));
        Files.setAttribute(folder, "unix:uid", 65_531, LinkOption.NOFOLLOW_LINKS);

        ScratchFolder.sweep(temporary);

        assertThat(left()).containsExactly(folder);
    }
}
