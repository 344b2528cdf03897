package io.strategysandbox.core.backend.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a seccomp profile allows, as a test reads it.
 *
 * @param allowed by name, the rules that allow it
 */
record SeccompRules(Map<String, List<Rule>> allowed) {

    /**
     * One way to be allowed.
     *
     * @param comment the profile's reason; empty if it gives none of its own
     * @param arguments what the arguments have to be; empty if they may be anything
     */
    record Rule(String comment, List<Argument> arguments) {

        boolean allows(List<Long> values) {
            return arguments.stream().allMatch(argument -> argument.holds(values));
        }
    }

    /** A condition on one argument. */
    record Argument(int index, String operator, long value, long valueTwo) {

        boolean holds(List<Long> values) {
            long actual = index < values.size() ? values.get(index) : 0;
            return switch (operator) {
                case "SCMP_CMP_EQ" -> actual == value;
                case "SCMP_CMP_MASKED_EQ" -> (actual & value) == valueTwo;
                default -> throw new IllegalArgumentException("the shipped profile uses no " + operator);
            };
        }
    }

    static SeccompRules parse(String json) throws IOException {
        Map<String, List<Rule>> allowed = new TreeMap<>();
        for (JsonNode group : new ObjectMapper().readTree(json).get("syscalls")) {
            if (group.get("action").asText().equals("SCMP_ACT_ALLOW")) {
                List<Argument> arguments = new ArrayList<>();
                for (JsonNode argument : group.path("args")) {
                    arguments.add(new Argument(
                            argument.get("index").asInt(),
                            argument.get("op").asText(),
                            argument.get("value").asLong(),
                            argument.path("valueTwo").asLong()));
                }
                Rule rule = new Rule(group.path("comment").asText(), arguments);
                for (JsonNode name : group.get("names")) {
                    allowed.computeIfAbsent(name.asText(), key -> new ArrayList<>())
                            .add(rule);
                }
            }
        }
        return new SeccompRules(allowed);
    }

    boolean allows(String name, List<Long> arguments) {
        return allowed.getOrDefault(name, List.of()).stream().anyMatch(rule -> rule.allows(arguments));
    }

    /** The names whose comment begins with a word. */
    TreeSet<String> commented(String beginning) {
        TreeSet<String> names = new TreeSet<>();
        allowed.forEach((name, rules) -> {
            if (rules.stream().anyMatch(rule -> rule.comment().startsWith(beginning))) {
                names.add(name);
            }
        });
        return names;
    }
}
