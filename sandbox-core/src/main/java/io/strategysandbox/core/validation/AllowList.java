package io.strategysandbox.core.validation;

import java.util.ArrayList;
import java.util.List;

/**
 * Which library members a class file may use; what is not listed is refused. The format is told in the file itself. Lines
 * of a configuration add to it, and never allow what it refuses by name.
 */
final class AllowList {

    private static final char CLOSED = '^';

    private final ClassPatterns<Entry> entries;
    private final ClassPatterns<Entry> configured;

    AllowList(List<String> lines) {
        this(lines, List.of());
    }

    private AllowList(List<String> lines, List<String> configuredLines) {
        entries = patterns(lines);
        configured = patterns(configuredLines);
    }

    static AllowList load() {
        return load(List.of());
    }

    static AllowList load(List<String> configuredLines) {
        return new AllowList(ListFile.lines("allow-list.txt"), configuredLines);
    }

    private static ClassPatterns<Entry> patterns(List<String> lines) {
        ClassPatterns<Entry> patterns = new ClassPatterns<>();
        for (String line : lines) {
            List<String> words = ListFile.words(line);
            if (words.size() < 2) {
                throw new IllegalArgumentException("the line '" + line + "' names no member; write '*' or '-'");
            }
            patterns.add(words.get(0), Entry.of(words.subList(1, words.size())), Entry::and);
        }
        return patterns;
    }

    /** Whether a class, by its binary name with dots, may be named at all. */
    boolean allowsType(String className) {
        return entries.find(className).isPresent() || configured.find(className).isPresent();
    }

    /** Whether a class may be named only because a configuration says so. */
    boolean allowsTypeByConfiguration(String className) {
        return entries.find(className).isEmpty() && configured.find(className).isPresent();
    }

    /** Whether a class may be used, and not extended or implemented. */
    boolean isClosed(String className) {
        return entries.find(className).map(Entry::closed).orElse(false);
    }

    /**
     * What the list says of a member that a class declares.
     *
     * @param className the declaring class, with dots
     * @param name the member
     * @param descriptor its JVM descriptor
     */
    Decision decide(String className, String name, String descriptor) {
        Decision shipped = decide(entries, className, name, descriptor);
        return shipped == Decision.UNLISTED && decide(configured, className, name, descriptor) == Decision.ALLOWED
                ? Decision.CONFIGURED
                : shipped;
    }

    private static Decision decide(ClassPatterns<Entry> entries, String className, String name, String descriptor) {
        return entries.find(className)
                .map(entry -> entry.decide(name, descriptor))
                .orElse(Decision.UNLISTED);
    }

    enum Decision {
        ALLOWED,
        /** Allowed, with a warning that its result differs between runs. */
        VARYING,
        /** Allowed by a line of the configuration only. */
        CONFIGURED,
        /** Refused explicitly, in whichever class it is called. */
        REFUSED,
        UNLISTED
    }

    private record Entry(MemberPatterns allowed, MemberPatterns varying, MemberPatterns refused, boolean closed) {

        static Entry of(List<String> words) {
            List<String> allowed = new ArrayList<>();
            List<String> varying = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            for (String word : words) {
                switch (word.charAt(0)) {
                    case '!' -> refused.add(word.substring(1));
                    case '?' -> varying.add(word.substring(1));
                    case '-', CLOSED -> {}
                    default -> allowed.add(word);
                }
            }
            return new Entry(
                    new MemberPatterns(allowed),
                    new MemberPatterns(varying),
                    new MemberPatterns(refused),
                    words.contains(String.valueOf(CLOSED)));
        }

        Entry and(Entry other) {
            return new Entry(
                    allowed.and(other.allowed),
                    varying.and(other.varying),
                    refused.and(other.refused),
                    closed || other.closed);
        }

        Decision decide(String name, String descriptor) {
            if (refused.match(name, descriptor)) {
                return Decision.REFUSED;
            }
            if (varying.match(name, descriptor)) {
                return Decision.VARYING;
            }
            return allowed.match(name, descriptor) ? Decision.ALLOWED : Decision.UNLISTED;
        }
    }
}
