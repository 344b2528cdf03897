package io.strategysandbox.core.validation;

import java.util.SortedMap;

/**
 * What is known about a rule beyond its findings.
 *
 * @param refused the classes that it refuses, as in {@code dangers.txt}, each with the members if not as a whole
 * @param advice what to do instead; empty if nothing is known
 */
public record RuleHelp(String refused, String advice) {

    /** {@return the help for every rule that {@code dangers.txt} names, by id} */
    public static SortedMap<String, RuleHelp> byRule() {
        return Dangers.load().help();
    }
}
