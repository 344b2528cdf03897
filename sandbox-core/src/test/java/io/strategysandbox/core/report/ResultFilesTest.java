package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

    @Test
    void aResultIsWrittenInPlaceOfTheOneBefore(@TempDir Path output) throws IOException {
        Path folder = output.resolve("a/trader");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("of-the-run-before.txt"), "old");

        List<Path> files =
                ResultFiles.write(folder, SampleResults.ok("trader", 0.25), Map.of("memoryBytes", "2147483648"));

        assertThat(files).contains(folder.resolve("verdict.json"), folder.resolve("phases.json"));
        assertThat(folder).isDirectoryNotContaining(file -> !files.contains(file));
        assertThat(files).allSatisfy(file -> assertThat(file).isRegularFile());
        assertThat(folder.resolve("verdict.json")).content().contains("\"trader\"", "0.25");
    }
}
