package io.strategysandbox.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A table of a README: what it says about each directory is what the tests check. */
final class ReadmeTable {

    private ReadmeTable() {}

    /**
     * One line of the table.
     *
     * @param cells column to cell, without the backticks around it
     */
    record Row(Map<String, String> cells) {
        String cell(String column) {
            String cell = cells.get(column);
            if (cell == null) {
                throw new IllegalArgumentException("no column '" + column + "' in " + cells.keySet());
            }
            return cell;
        }

        @Override
        public String toString() {
            return cells.values().iterator().next();
        }
    }

    /**
     * Reads a table.
     *
     * @param folder the folder of the README
     * @param firstColumn the head of the table's first column
     * @return its lines
     */
    static List<Row> of(String folder, String firstColumn) {
        List<List<String>> lines = lines(Examples.ROOT.resolve(folder).resolve("README.md"), firstColumn);
        List<String> header = lines.get(0);
        List<Row> rows = new ArrayList<>();
        for (List<String> line : lines.subList(2, lines.size())) {
            if (line.size() != header.size()) {
                throw new IllegalStateException(line + " has not as many cells as " + header);
            }
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < line.size(); i++) {
                cells.put(header.get(i), line.get(i));
            }
            rows.add(new Row(cells));
        }
        return rows;
    }

    private static List<List<String>> lines(Path readme, String firstColumn) {
        try (Stream<String> lines = Files.lines(readme)) {
            return lines.dropWhile(line -> !line.startsWith("| " + firstColumn + " |"))
                    .takeWhile(line -> line.startsWith("|"))
                    .map(ReadmeTable::cells)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .map(cell -> cell.replaceFirst("^`([^`]*)`$", "$1"))
                .toList();
    }
}
