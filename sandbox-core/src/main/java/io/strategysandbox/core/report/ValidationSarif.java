package io.strategysandbox.core.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strategysandbox.core.report.SarifResults.Result;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.validation.Finding.Layer;
import io.strategysandbox.core.validation.Finding.Severity;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What validation found as {@code validation.sarif}, SARIF 2.1.0, for code scanning: the same findings in the same folder
 * give the same bytes.
 */
public final class ValidationSarif {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
    private static final String BASE = "%SRCROOT%";
    private static final String FINGERPRINT = "strategySandboxFinding/v1";

    private ValidationSarif() {}

    /**
     * Findings as one run of SARIF, at most 5,000 of them: those that refuse come first, and a notification counts those
     * left out. Paths are those of the repository that the folder is in, as code scanning shows them, or of the folder if
     * it is in none.
     *
     * @param entries what validation says about each strategy directory
     * @param folder the folder that was searched
     * @param version the version of the tool, as semantic versioning has it
     * @return UTF-8, ending in a line end
     */
    public static byte[] of(List<ValidationEntry> entries, Path folder, String version) {
        SarifResults results = SarifResults.of(entries);
        SarifRules rules = new SarifRules(results.shown());
        ObjectNode root = JsonText.NODES.objectNode().put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        run.putObject("tool")
                .putObject("driver")
                .put("name", "Strategy Sandbox")
                .put("semanticVersion", version)
                .set("rules", rules.json());
        run.putArray("invocations").add(invocation(results.left()));
        run.putObject("originalUriBaseIds")
                .putObject(BASE)
                .putObject("description")
                .put("text", "The root of the repository, or the folder of strategies if it is in none.");
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode list = run.putArray("results");
        String prefix = prefix(folder.toAbsolutePath().normalize());
        results.shown().forEach(result -> list.add(json(result, prefix, rules)));
        return (JsonText.of(root, 0) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A severity in SARIF's words.
     *
     * @param severity the severity
     * @return {@code error} or {@code warning}
     */
    static String level(Severity severity) {
        return severity == Severity.DENY ? "error" : "warning";
    }

    private static ObjectNode invocation(int left) {
        ObjectNode invocation = JsonText.NODES.objectNode().put("executionSuccessful", true);
        if (left > 0) {
            invocation
                    .putArray("toolExecutionNotifications")
                    .addObject()
                    .put("level", "warning")
                    .putObject("message")
                    .put("text", left + " more findings are not listed here; validation.json lists them all.");
        }
        return invocation;
    }

    private static ObjectNode json(Result result, String prefix, SarifRules rules) {
        Finding finding = result.finding();
        ObjectNode node = JsonText.NODES
                .objectNode()
                .put("ruleId", finding.rule())
                .put("ruleIndex", rules.index(finding.rule()))
                .put("level", level(finding.severity()));
        node.putObject("message").put("text", text(finding.message()));
        ObjectNode place = node.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation")
                .put("uri", Place.uri(Place.file(prefix, result.path())))
                .put("uriBaseId", BASE);
        if (finding.line() > 0) {
            ObjectNode region = place.putObject("region").put("startLine", finding.line());
            // javac counts a tab as the columns up to the next tab stop, and columnKind promises UTF-16 units.
            if (finding.column() > 0 && finding.layer() != Layer.COMPILE) {
                region.put("startColumn", finding.column());
            }
            if (!finding.snippet().isEmpty()) {
                region.putObject("snippet").put("text", finding.snippet());
            }
        }
        node.putObject("partialFingerprints").put(FINGERPRINT, result.fingerprint());
        node.putObject("properties").put("layer", finding.layer().name().toLowerCase(Locale.ROOT));
        return node;
    }

    // In SARIF, [text](target) is a link also in plain text; one that a strategy made up must not be one.
    private static String text(String message) {
        return PrintableText.bounded(message).replace("](", "] (");
    }

    /** The folder from the root of its repository; empty if it is that root, or in no repository. */
    private static String prefix(Path folder) {
        @Nullable Path root = folder;
        while (root != null && !Files.exists(root.resolve(".git"))) {
            root = root.getParent();
        }
        return root == null ? "" : root.relativize(folder).toString().replace(File.separatorChar, '/');
    }
}
