package io.strategysandbox.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StrategyDiscoveryTest {

    @TempDir
    Path temporary;

    @Test
    void findsAtAnyDepthAndSortsByDirectory() throws IOException {
        strategy("b", "name: second");
        strategy("a/deep/x", "name: first");
        strategy("c", "");
        write(".hidden/x/strategy.yaml", "");
        write("a/deep/.git/config.java", "");
        write("notes.txt", "");
        write("a/deep/x/nested/strategy.yaml", "name: not-another");
        write("a/deep/x/pkg/B.java", "package pkg; class B {}");
        assertThat(discover()).extracting(Candidate::directory).containsExactly("a/deep/x", "b", "c");
        assertThat(discover()).extracting(Candidate::name).containsExactly("first", "second", "c");
        StrategyDirectory first = ((Candidate.Loaded) discover().get(0)).strategy();
        assertThat(first.sources()).extracting(SourceFile::path).containsExactly("A.java", "pkg/B.java");
        assertThat(first.path()).isAbsolute();
    }

    @Test
    void whatIsNoStrategyIsReportedAndTheOthersGoOn() throws IOException {
        strategy("good", "");
        Files.createDirectories(root().resolve("empty"));
        write("java-only/A.java", "class A {}");
        write("manifest-only/strategy.yaml", "cash: 1");
        write("wrong/strategy.yaml", "# x\ncash: -1\n");
        write("wrong/A.java", "class A {}");
        Files.createDirectories(root().resolve("odd/strategy.yaml"));
        assertThat(rules("empty")).containsExactly("directory-empty");
        assertThat(rules("java-only")).containsExactly("manifest-missing");
        assertThat(rules("manifest-only")).containsExactly("sources-missing");
        assertThat(rules("odd")).containsExactly("manifest-missing");
        assertThat(problems("wrong")).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("wrong/strategy.yaml");
            assertThat(problem.line()).isEqualTo(2);
        });
        assertThat(candidate("good")).isInstanceOf(Candidate.Loaded.class);
    }

    @Test
    void anEmptyFolderHoldsNoneAndAnAbsentOneIsAnError() throws IOException {
        Files.createDirectories(root());
        assertThat(discover()).isEmpty();
        assertThatThrownBy(() -> StrategyDiscovery.discover(temporary.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void namesAreSharedByNoTwoEvenInAnotherCase() throws IOException {
        strategy("a", "name: same");
        strategy("b", "name: same");
        strategy("c", "name: Trend");
        strategy("d", "name: trend");
        strategy("e", "name: other");
        assertThat(rules("a")).containsExactly("name-not-unique");
        assertThat(problems("b").get(0).message()).contains("'same'", "a and b");
        assertThat(problems("c").get(0).message()).contains("c and d");
        assertThat(rules("d")).containsExactly("name-not-unique");
        assertThat(candidate("e")).isInstanceOf(Candidate.Loaded.class);
    }

    @Test
    void linksOutOfTheTreeAreRefused() throws IOException {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Path secret = Files.writeString(outside.resolve("A.java"), "class A {}");
        Files.writeString(outside.resolve("strategy.yaml"), "");
        strategy("file", "");
        Files.createSymbolicLink(root().resolve("file/B.java"), secret);
        strategy("folder", "");
        Files.createSymbolicLink(root().resolve("folder/pkg"), outside);
        write("manifest/A.java", "class A {}");
        Files.createSymbolicLink(root().resolve("manifest/strategy.yaml"), outside.resolve("strategy.yaml"));
        Files.createSymbolicLink(root().resolve("whole"), outside);
        for (String directory : List.of("file", "folder", "manifest", "whole")) {
            assertThat(rules(directory)).as(directory).containsExactly("link-leaves-tree");
        }
    }

    @Test
    void linksInCirclesEndAndHideNoStrategy() throws IOException {
        strategy("good", "");
        for (int i = 0; i < 4; i++) {
            write("group/g" + i + "/inner/strategy.yaml", "name: n" + i);
            write("group/g" + i + "/inner/A.java", "class A {}");
            Files.createSymbolicLink(root().resolve("group/loop" + i), root());
            Files.createSymbolicLink(root().resolve("good/loop" + i), root().resolve("group"));
        }
        Files.createSymbolicLink(root().resolve("self"), root().resolve("self"));
        List<Candidate> found = discover();
        assertThat(found.stream().filter(Candidate.Loaded.class::isInstance)).hasSize(4);
        assertThat(rules("group/loop0")).containsExactly("link-repeats");
        assertThat(rules("good")).contains("link-repeats");
        assertThat(problems("good")).hasSizeLessThan(20);
    }

    @Test
    void sourcesMayBeSharedByALinkInsideTheTree() throws IOException {
        strategy("a", "");
        write(".shared/common/Common.java", "package common; class Common {}");
        Files.createSymbolicLink(root().resolve("a/common"), root().resolve(".shared/common"));
        assertThat(((Candidate.Loaded) candidate("a")).strategy().sources())
                .extracting(SourceFile::path)
                .containsExactly("A.java", "common/Common.java");
    }

    @Test
    void sizesAndDepthsAreBounded() throws IOException {
        strategy("manifest", "# " + "x".repeat(10 << 20));
        strategy("source", "");
        write("source/B.java", "x".repeat((1 << 20) + 1));
        strategy("many", "");
        for (int i = 0; i < 501; i++) {
            write("many/C" + i + ".java", "class C" + i + " {}");
        }
        strategy("deep", "");
        write("deep/" + "d/".repeat(17) + "D.java", "class D {}");
        write("e/".repeat(18) + "strategy.yaml", "");
        assertThat(rules("manifest")).containsExactly("file-too-large");
        assertThat(rules("source")).containsExactly("file-too-large");
        assertThat(rules("many")).containsExactly("sources-too-large");
        assertThat(rules("deep")).containsExactly("directory-too-deep");
        assertThat(discover())
                .anySatisfy(candidate -> assertThat(
                                ((Candidate.Broken) candidate).problems().get(0).rule())
                        .isEqualTo("directory-too-deep"));
    }

    @Test
    void textAndNamesThatLieAreRefused() throws IOException {
        strategy("latin", "");
        Files.write(root().resolve("latin/strategy.yaml"), new byte[] {'n', (byte) 0xE9});
        strategy("name\u001B[31m", "");
        strategy("file", "");
        write("file/A\nB.java", "class B {}");
        assertThat(problems("latin").get(0).message()).contains("not valid UTF-8");
        strategy("folder", "");
        write("folder/d\u001B[31m/B.java", "class B {}");
        strategy("reordered", "");
        write("reordered/x\u202Ey.java", "class B {}");
        strategy("filler", "");
        write("filler/\u3164.java", "class B {}");
        assertThat(rules("filler")).containsExactly("file-name-invalid");
        assertThat(rules("file")).containsExactly("file-name-invalid");
        assertThat(rules("folder")).containsExactly("file-name-invalid");
        assertThat(rules("reordered")).containsExactly("file-name-invalid");
        assertThat(discover())
                .filteredOn(candidate -> candidate.directory().startsWith("name"))
                .singleElement()
                .satisfies(candidate -> assertThat(
                                ((Candidate.Broken) candidate).problems().get(0).message())
                        .startsWith("name is 'name\\u001B[31m'"));
    }

    /** Elsewhere it stands between names, so that one file is taken for another. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a backslash is part of a name")
    void aNameWithABackslashIsRefused() throws IOException {
        strategy("s", "");
        write("s/sub/A.java", "class A {}");
        write("s/sub\\A.java", "class Evil {}");
        strategy("a\\b", "name: other");
        assertThat(problems("s")).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo("file-name-invalid");
            assertThat(problem.message()).contains("backslash", "rename it");
        });
        assertThat(rules("a\\b")).containsExactly("file-name-invalid");
    }

    @Test
    void whatAFolderKeepsIsBounded() throws IOException {
        long left = StrategyDiscovery.MAX_FOLDER_BYTES;
        for (int i = 0; left >= 0; i++) {
            String directory = String.format("large%02d", i);
            strategy(directory, "");
            for (int j = 0; j < 7; j++) {
                try (RandomAccessFile file = new RandomAccessFile(
                        root().resolve(directory + "/F" + j + ".java").toFile(), "rw")) {
                    file.setLength(1 << 20);
                    left -= file.length();
                }
            }
        }
        strategy("small", "");
        List<Candidate> found = discover();
        assertThat(found)
                .filteredOn(Candidate.Broken.class::isInstance)
                .singleElement()
                .satisfies(broken -> {
                    assertThat(broken.directory())
                            .isEqualTo(found.get(found.size() - 2).directory());
                    assertThat(((Candidate.Broken) broken).problems())
                            .singleElement()
                            .satisfies(problem -> assertThat(problem.message())
                                    .contains("more than " + StrategyDiscovery.MAX_FOLDER_BYTES + " bytes"));
                });
    }

    @Test
    void oneDirectoryIsReadAsAmongOthers() throws IOException {
        strategy("a", "name: one\nlimits: { timeout: 5s }");
        Candidate read = StrategyDiscovery.read(root().resolve("a"));
        assertThat(((Candidate.Loaded) read).strategy().manifest().timeout()).contains(Duration.ofSeconds(5));
        assertThatThrownBy(() -> StrategyDiscovery.read(root().resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent");
    }

    private Path root() {
        return temporary.resolve("strategies");
    }

    private List<Candidate> discover() {
        return StrategyDiscovery.discover(root());
    }

    private Candidate candidate(String directory) {
        return discover().stream()
                .filter(candidate -> candidate.directory().equals(directory))
                .findFirst()
                .orElseThrow();
    }

    private List<Problem> problems(String directory) {
        return ((Candidate.Broken) candidate(directory)).problems();
    }

    private List<String> rules(String directory) {
        return problems(directory).stream().map(Problem::rule).distinct().toList();
    }

    private void strategy(String directory, String manifest) throws IOException {
        write(directory + "/strategy.yaml", manifest);
        write(directory + "/A.java", "class A {}");
    }

    private void write(String file, String text) throws IOException {
        Path path = root().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
