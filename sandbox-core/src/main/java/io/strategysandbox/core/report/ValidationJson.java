package io.strategysandbox.core.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What validation found as {@code validation.json}: the same findings give the same bytes. */
public final class ValidationJson {

    /** The name of the format, and its version. */
    public static final String SCHEMA = "strategy-sandbox/validation/1";

    private ValidationJson() {}

    /**
     * Entries as JSON. A file is listed once, with the findings about it; a manifest, a class file or a directory is
     * listed if there is a finding about it.
     *
     * @param entries what validation says about each strategy directory
     * @return UTF-8, ending in a line end
     */
    public static byte[] of(List<ValidationEntry> entries) {
        ObjectNode root = JsonText.NODES.objectNode().put("schema", SCHEMA);
        ArrayNode files = root.putArray("files");
        List<Finding> all = new ArrayList<>();
        int accepted = 0;
        for (ValidationEntry entry : entries) {
            for (Map.Entry<String, List<Finding>> file : byFile(entry).entrySet()) {
                List<Finding> findings = file.getValue();
                boolean good = findings.stream().noneMatch(ValidationJson::refuses);
                accepted += good ? 1 : 0;
                all.addAll(findings);
                ObjectNode node = files.addObject()
                        .put("path", file.getKey())
                        .put("strategy", entry.name())
                        .put("accepted", good);
                node.set("findings", FindingJson.ofOneFile(findings));
            }
        }
        root.set("summary", summary(entries, files.size(), accepted, all));
        return (JsonText.of(root, 0) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode summary(List<ValidationEntry> entries, int files, int accepted, List<Finding> all) {
        int denials = (int) all.stream().filter(ValidationJson::refuses).count();
        Map<String, Integer> counts = new TreeMap<>();
        all.forEach(finding -> counts.merge(finding.category().id(), 1, Integer::sum));
        ObjectNode node = JsonText.NODES
                .objectNode()
                .put("strategies", entries.size())
                .put(
                        "acceptedStrategies",
                        entries.stream().filter(e -> e.report().accepted()).count())
                .put("files", files)
                .put("acceptedFiles", accepted)
                .put("deny", denials)
                .put("warn", all.size() - denials);
        ObjectNode categories = node.putObject("categories");
        counts.forEach(categories::put);
        return node;
    }

    private static boolean refuses(Finding finding) {
        return finding.severity() == Severity.DENY;
    }

    private static Map<String, List<Finding>> byFile(ValidationEntry entry) {
        Map<String, List<Finding>> files = new TreeMap<>();
        entry.files().forEach(file -> files.put(Place.file(entry.directory(), file), new ArrayList<>()));
        for (Finding finding : entry.report().findings()) {
            files.computeIfAbsent(Place.file(entry.directory(), finding.path()), any -> new ArrayList<>())
                    .add(finding);
        }
        return files;
    }
}
