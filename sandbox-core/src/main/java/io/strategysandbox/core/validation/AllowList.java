package io.strategysandbox.core.validation;

import java.util.ArrayList;
import java.util.List;

/** Which library members a class file may use; what is not listed is refused. The format is told in the file itself. */
final class AllowList {

    private final ClassPatterns<Entry> entries = new ClassPatterns<>();

    AllowList(List<String> lines) {
        for (String line : lines) {
            List<String> words = ListFile.words(line);
            if (words.size() < 2) {
                throw new IllegalArgumentException("the line '" + line + "' names no member; write '*' or '-'");
            }
            entries.add(words.get(0), Entry.of(words.subList(1, words.size())), Entry::and);
        }
    }

    static AllowList load() {
        return new AllowList(ListFile.lines("allow-list.txt"));
    }

    /** Whether a class, by its binary name with dots, may be named at all. */
    boolean allowsType(String className) {
        return entries.find(className).isPresent();
    }

    /**
     * What the list says of a member that a class declares.
     *
     * @param className the declaring class, with dots
     * @param name the member
     * @param descriptor its JVM descriptor
     */
    Decision decide(String className, String name, String descriptor) {
        return entries.find(className)
                .map(entry -> entry.decide(name, descriptor))
                .orElse(Decision.UNLISTED);
    }

    enum Decision {
        ALLOWED,
        /** Allowed, with a warning that its result differs between runs. */
        VARYING,
        /** Refused explicitly, in whichever class it is called. */
        REFUSED,
        UNLISTED
    }

    private record Entry(MemberPatterns allowed, MemberPatterns varying, MemberPatterns refused) {

        static Entry of(List<String> words) {
            List<String> allowed = new ArrayList<>();
            List<String> varying = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            for (String word : words) {
                switch (word.charAt(0)) {
                    case '!' -> refused.add(word.substring(1));
                    case '?' -> varying.add(word.substring(1));
                    case '-' -> {}
                    default -> allowed.add(word);
                }
            }
            return new Entry(new MemberPatterns(allowed), new MemberPatterns(varying), new MemberPatterns(refused));
        }

        Entry and(Entry other) {
            return new Entry(allowed.and(other.allowed), varying.and(other.varying), refused.and(other.refused));
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
