package io.strategysandbox.core.validation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Rule ids, categories and advice for what the allow-list refuses. Refuses and allows nothing itself. */
final class Dangers {

    /** A class that no list names. */
    private static final Danger UNKNOWN = new Danger("not-allowed", Category.OTHER);

    private final ClassPatterns<List<Entry>> entries = new ClassPatterns<>();
    private final Map<Category, String> advice = new EnumMap<>(Category.class);
    private final Map<Danger, List<String>> refused = new LinkedHashMap<>();

    Dangers(List<String> lines) {
        for (String line : lines) {
            List<String> words = ListFile.words(line);
            if (words.get(0).equals("advice")) {
                advice.put(
                        category(words.get(1)),
                        line.substring(line.indexOf(words.get(1)) + words.get(1).length())
                                .strip());
            } else {
                Danger danger = new Danger(words.get(0), category(words.get(1)));
                MemberPatterns members = new MemberPatterns(words.subList(3, words.size()));
                entries.add(words.get(2), List.of(new Entry(danger, members)), Dangers::concat);
                refused.computeIfAbsent(danger, any -> new ArrayList<>()).add(shown(words.subList(2, words.size())));
            }
        }
    }

    static Dangers load() {
        return new Dangers(ListFile.lines("dangers.txt"));
    }

    /** The danger of a class as a whole, if the list names the class without members. */
    Optional<Danger> ofType(String className) {
        return all(className)
                .filter(entry -> entry.members().isEmpty())
                .map(Entry::danger)
                .findFirst();
    }

    /** The danger of a member, or of its class as a whole. The descriptor is empty if unknown. */
    Optional<Danger> ofMember(String className, String name, String descriptor) {
        return all(className)
                .filter(entry -> entry.members().match(name, descriptor))
                .map(Entry::danger)
                .findFirst()
                .or(() -> ofType(className));
    }

    /** Whether the list says anything about a class. */
    boolean names(String className) {
        return all(className).findAny().isPresent();
    }

    /** The danger of a refused class about which nothing more is known. */
    Danger ofUnlistedType(String className) {
        return ofType(className)
                .orElseGet(() -> all(className).map(Entry::danger).findFirst().orElse(UNKNOWN));
    }

    String advice(Category category) {
        String text = advice.get(category);
        return text == null ? "" : " " + text;
    }

    /** What the list says about each rule that it names. */
    SortedMap<String, RuleHelp> help() {
        SortedMap<String, RuleHelp> help = new TreeMap<>();
        refused.forEach((danger, names) -> help.put(
                danger.rule(),
                new RuleHelp(String.join("; ", names), advice(danger.category()).strip())));
        return help;
    }

    private static String shown(List<String> classAndMembers) {
        String members = String.join(", ", classAndMembers.subList(1, classAndMembers.size()));
        return classAndMembers.get(0) + (members.isEmpty() ? "" : " (" + members + ")");
    }

    private Stream<Entry> all(String className) {
        return entries.all(className).stream().flatMap(List::stream);
    }

    private static Category category(String id) {
        return Category.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static List<Entry> concat(List<Entry> first, List<Entry> second) {
        List<Entry> both = new ArrayList<>(first);
        both.addAll(second);
        return List.copyOf(both);
    }

    record Danger(String rule, Category category) {}

    private record Entry(Danger danger, MemberPatterns members) {}
}
