package io.strategysandbox.core.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strategysandbox.core.report.SarifResults.Result;
import io.strategysandbox.core.validation.Category;
import io.strategysandbox.core.validation.Finding.Severity;
import io.strategysandbox.core.validation.RuleHelp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules that the results of a SARIF file refer to, by id. */
final class SarifRules {

    /** Code scanning cuts off the rest of a description. */
    private static final int MOST_COLUMNS = 1_024;

    private final SortedMap<String, Rule> rules = new TreeMap<>();
    private final List<String> ids;

    SarifRules(List<Result> results) {
        results.forEach(result -> rules.computeIfAbsent(result.finding().rule(), any -> new Rule())
                .add(result));
        ids = new ArrayList<>(rules.keySet());
    }

    /** {@return the index of a rule in {@link #json()}} */
    int index(String id) {
        return ids.indexOf(id);
    }

    /** {@return the rules, sorted by id} */
    ArrayNode json() {
        Map<String, RuleHelp> help = RuleHelp.byRule();
        ArrayNode list = JsonText.NODES.arrayNode(rules.size());
        rules.forEach((id, rule) -> {
            ObjectNode node = list.addObject().put("id", id);
            node.putObject("shortDescription").put("text", sentence(id));
            describe(node, Optional.ofNullable(help.get(id)));
            node.putObject("defaultConfiguration").put("level", ValidationSarif.level(rule.severity));
            ArrayNode tags = node.putObject("properties").putArray("tags");
            rule.categories.forEach(category -> tags.add(category.id()));
        });
        return list;
    }

    /** Code scanning refuses a rule without these. */
    private static void describe(ObjectNode node, Optional<RuleHelp> help) {
        node.putObject("fullDescription")
                .put(
                        "text",
                        help.map(RuleHelp::refused)
                                .map(refused ->
                                        PrintableText.line("A strategy may not use " + refused + ".", MOST_COLUMNS))
                                .orElse("Each finding says what this is about."));
        node.putObject("help")
                .put(
                        "text",
                        help.map(RuleHelp::advice)
                                .filter(advice -> !advice.isEmpty())
                                .orElse("The message of each finding says what to do instead."));
    }

    private static String sentence(String id) {
        return Character.toUpperCase(id.charAt(0)) + id.substring(1).replace('-', ' ') + ".";
    }

    /** What the findings of one rule have in common; the gravest severity is the rule's. */
    private static final class Rule {
        private final Set<Category> categories = EnumSet.noneOf(Category.class);
        private Severity severity = Severity.WARN;

        void add(Result result) {
            categories.add(result.finding().category());
            if (result.finding().severity() == Severity.DENY) {
                severity = Severity.DENY;
            }
        }
    }
}
