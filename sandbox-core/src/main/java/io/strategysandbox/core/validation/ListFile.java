package io.strategysandbox.core.validation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the lists that lie beside this package's classes. */
final class ListFile {

    private ListFile() {}

    /** The lines that say something, without their surrounding blanks. */
    static List<String> lines(String name) {
        try (InputStream in = ListFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the resource " + name + " is missing; the jar of sandbox-core is broken");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + name, e);
        }
    }

    static List<String> words(String line) {
        return List.of(line.split("\\s+"));
    }
}
