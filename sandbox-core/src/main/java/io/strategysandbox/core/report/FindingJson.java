package io.strategysandbox.core.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strategysandbox.core.validation.Finding;
import java.util.List;
import java.util.Locale;

/** Findings as JSON, the same in every report. */
final class FindingJson {

    private FindingJson() {}

    /**
     * Findings with the file each is about.
     *
     * @param findings the findings
     * @return a list of objects
     */
    static ArrayNode withPath(List<Finding> findings) {
        ArrayNode list = JsonText.NODES.arrayNode(findings.size());
        findings.forEach(finding -> list.add(fill(list.objectNode().put("path", finding.path()), finding)));
        return list;
    }

    /**
     * Findings about one file.
     *
     * @param findings the findings
     * @return a list of objects
     */
    static ArrayNode ofOneFile(List<Finding> findings) {
        ArrayNode list = JsonText.NODES.arrayNode(findings.size());
        findings.forEach(finding -> list.add(fill(list.objectNode(), finding)));
        return list;
    }

    private static ObjectNode fill(ObjectNode node, Finding finding) {
        return node.put("line", finding.line())
                .put("column", finding.column())
                .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .put("rule", finding.rule())
                .put("category", finding.category().id())
                .put("layer", finding.layer().name().toLowerCase(Locale.ROOT))
                .put("snippet", finding.snippet())
                .put("message", PrintableText.bounded(finding.message()));
    }
}
