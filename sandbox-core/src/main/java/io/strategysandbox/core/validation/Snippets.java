package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Shows with a finding the line of the source that it is about. */
public final class Snippets {

    private static final int MAX_LENGTH = 120;

    /** What ends a line for the compiler. */
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\r\\n]");

    private final Map<String, SourceFile> sources = new HashMap<>();
    private final Map<String, String[]> lines = new HashMap<>();

    private Snippets(List<SourceFile> sources) {
        sources.forEach(source -> this.sources.put(source.path(), source));
    }

    /**
     * Findings with the lines they are about.
     *
     * @param findings the findings
     * @param sources the sources of the strategy
     * @return the findings in their order; as they were where no source has the line
     */
    public static List<Finding> show(List<Finding> findings, List<SourceFile> sources) {
        Snippets snippets = new Snippets(sources);
        return findings.stream()
                .map(finding -> finding.showing(snippets.of(finding)))
                .toList();
    }

    private String of(Finding finding) {
        SourceFile source = sources.get(finding.path());
        if (source == null || finding.line() == 0) {
            return "";
        }
        String[] text = lines.computeIfAbsent(
                finding.path(), any -> LINE_END.split(new String(source.bytes(), StandardCharsets.UTF_8), -1));
        return finding.line() <= text.length ? shown(text[finding.line() - 1], finding.column()) : "";
    }

    /** A long line is shown from shortly before the column. */
    private static String shown(String line, int column) {
        String text = line.strip();
        int indent = line.indexOf(text);
        int start = Math.max(0, Math.min(column - 1 - indent - MAX_LENGTH / 2, text.length() - MAX_LENGTH));
        int end = Math.min(text.length(), start + MAX_LENGTH);
        return (start > 0 ? "…" : "") + PrintableName.of(text.substring(start, end)) + (end < text.length() ? "…" : "");
    }
}
