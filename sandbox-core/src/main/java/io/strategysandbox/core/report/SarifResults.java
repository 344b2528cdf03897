package io.strategysandbox.core.report;

import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Layer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The findings that a SARIF file shows, what refuses first.
 *
 * @param shown at most 5,000
 * @param left how many are not shown
 */
record SarifResults(List<Result> shown, int left) {

    /** Code scanning stores no more for one run. */
    private static final int MOST = 5_000;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /**
     * A finding and what it is known by.
     *
     * @param finding the finding
     * @param path its file, from the folder that was searched
     * @param fingerprint the same in the next run, also if lines were put in or taken out above it
     */
    record Result(Finding finding, String path, String fingerprint) {}

    static SarifResults of(List<ValidationEntry> entries) {
        List<Result> all = new ArrayList<>();
        Map<String, Integer> occurrences = new HashMap<>();
        for (ValidationEntry entry : entries) {
            for (Finding finding : withoutRepetitions(entry.report().findings())) {
                String path = Place.file(entry.directory(), finding.path());
                String identity = identity(path, finding);
                int occurrence = occurrences.merge(identity, 1, Integer::sum);
                all.add(new Result(finding, path, sha256(occurrence + "\0" + identity)));
            }
        }
        all.sort(Comparator.comparing(result -> result.finding().severity()));
        int shown = Math.min(MOST, all.size());
        return new SarifResults(List.copyOf(all.subList(0, shown)), all.size() - shown);
    }

    /** What the class file of a line shows is not said again if the source of the line has shown it. */
    private static List<Finding> withoutRepetitions(List<Finding> findings) {
        Set<String> inSources = findings.stream()
                .filter(finding -> finding.layer() == Layer.AST && finding.line() > 0)
                .map(SarifResults::place)
                .collect(Collectors.toSet());
        return findings.stream()
                .filter(finding -> finding.layer() != Layer.BYTECODE || !inSources.contains(place(finding)))
                .toList();
    }

    private static String place(Finding finding) {
        return String.join(
                "\0",
                finding.path(),
                Integer.toString(finding.line()),
                finding.rule(),
                finding.severity().name());
    }

    // Numbers in messages are sizes, offsets and counts, which change with every edit of the file.
    private static String identity(String path, Finding finding) {
        String message = NUMBER.matcher(finding.message()).replaceAll("0");
        return String.join("\0", path, finding.rule(), finding.layer().name(), message);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
