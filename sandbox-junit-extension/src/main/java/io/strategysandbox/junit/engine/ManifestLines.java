package io.strategysandbox.junit.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where in a manifest something stands, for whoever wants to jump there. Not exact for odd YAML; nothing depends on it. */
final class ManifestLines {

    private static final Pattern EXPECT = Pattern.compile("^[\"']?expect[\"']?\\s*:.*");

    private final List<String> lines;

    private ManifestLines(List<String> lines) {
        this.lines = lines;
    }

    static ManifestLines read(Path manifest) {
        try {
            return new ManifestLines(Files.readAllLines(manifest, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new ManifestLines(List.of());
        }
    }

    /**
     * The line of an expectation.
     *
     * @param metric its metric
     * @return the line, from 1, if it was found
     */
    Optional<Integer> ofExpectation(String metric) {
        Pattern key = Pattern.compile(".*(?:^|[\\s{,])[\"']?" + Pattern.quote(metric) + "[\"']?\\s*:.*");
        Optional<Integer> expect = first(0, EXPECT);
        return expect.flatMap(begin -> first(begin - 1, key)).or(() -> expect);
    }

    private Optional<Integer> first(int from, Pattern pattern) {
        return IntStream.range(from, lines.size())
                .filter(i -> pattern.matcher(lines.get(i)).matches())
                .mapToObj(i -> i + 1)
                .findFirst();
    }
}
