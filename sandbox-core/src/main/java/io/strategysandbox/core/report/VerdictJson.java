package io.strategysandbox.core.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strategysandbox.core.compilation.CompilerMessage;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.verdict.Verdict;
import io.strategysandbox.core.verdict.Verdict.CompileError;
import io.strategysandbox.core.verdict.Verdict.ExpectationFailed;
import io.strategysandbox.core.verdict.Verdict.InternalFailure;
import io.strategysandbox.core.verdict.Verdict.MemoryLimitExceeded;
import io.strategysandbox.core.verdict.Verdict.OutputLimitExceeded;
import io.strategysandbox.core.verdict.Verdict.ProcessLimitExceeded;
import io.strategysandbox.core.verdict.Verdict.Rejected;
import io.strategysandbox.core.verdict.Verdict.RuntimeError;
import io.strategysandbox.core.verdict.Verdict.SecurityViolation;
import io.strategysandbox.core.verdict.Verdict.TimeLimitExceeded;
import java.util.List;

/** What one verdict has to say that others have not, as JSON. */
final class VerdictJson {

    private VerdictJson() {}

    /**
     * A verdict's own facts.
     *
     * @param verdict the verdict
     * @return an object; empty for a verdict without facts of its own
     */
    static ObjectNode detail(Verdict verdict) {
        ObjectNode node = JsonText.NODES.objectNode();
        if (verdict instanceof ExpectationFailed failed) {
            texts(node.putArray("unmet"), failed.unmet());
        } else if (verdict instanceof Rejected rejected) {
            List<String> rules = rejected.findings().stream()
                    .map(Finding::rule)
                    .distinct()
                    .sorted()
                    .toList();
            node.put("refusals", rejected.findings().size());
            texts(node.putArray("rules"), rules);
        } else if (verdict instanceof CompileError error) {
            messages(node.putArray("messages"), error.messages());
        } else if (verdict instanceof RuntimeError error) {
            node.put("exception", error.exception())
                    .put("message", PrintableText.bounded(error.message()))
                    .put("bar", error.bar().isPresent() ? error.bar().getAsInt() : null);
            texts(node.putArray("frames"), error.frames());
        } else if (verdict instanceof TimeLimitExceeded exceeded) {
            node.put("limitMs", exceeded.limit().toMillis());
        } else if (verdict instanceof OutputLimitExceeded exceeded) {
            node.put("limitBytes", exceeded.limitBytes());
        } else if (verdict instanceof MemoryLimitExceeded exceeded) {
            node.put("what", PrintableText.bounded(exceeded.what()));
        } else if (verdict instanceof ProcessLimitExceeded exceeded) {
            node.put("what", PrintableText.bounded(exceeded.what()));
        } else if (verdict instanceof SecurityViolation violation) {
            node.put("what", PrintableText.bounded(violation.what()));
        } else if (verdict instanceof InternalFailure failure) {
            node.put("what", PrintableText.bounded(failure.what()));
        }
        return node;
    }

    private static void texts(ArrayNode list, List<String> texts) {
        texts.forEach(text -> list.add(PrintableText.bounded(text)));
    }

    private static void messages(ArrayNode list, List<CompilerMessage> messages) {
        for (CompilerMessage message : messages) {
            list.addObject()
                    .put("path", message.path())
                    .put("line", message.line())
                    .put("column", message.column())
                    .put("message", PrintableText.bounded(message.message()));
        }
    }
}
