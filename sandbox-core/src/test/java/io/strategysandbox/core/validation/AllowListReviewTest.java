package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.validation.AllowList.Decision;
import io.strategysandbox.core.validation.LibraryMembers.Member;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

/**
 * A wildcard of the allow-list must not admit what nobody has looked at, such as a method of a new JDK: everything that the
 * packages it mentions offer is recorded as admitted ({@code admitted*.txt}), or is refused by name or for a reason ({@code
 * classified.txt}).
 */
class AllowListReviewTest {

    private static final String OWN_PACKAGES = "io.strategysandbox.";
    private static final int OLDEST = 17;
    private static final int NEWEST = 25;

    private static final SortedSet<String> ADMITTED = new TreeSet<>();
    private static final SortedSet<String> UNCLASSIFIED = new TreeSet<>();
    private static final SortedSet<String> CONTRADICTED = new TreeSet<>();
    private static final SortedSet<String> OTHERWISE_REACHED = new TreeSet<>();

    /** What nobody lists since nobody needs it by that name, and what harms nobody by another. */
    private static final Set<String> HARMLESS = Set.of(
            "java.io.FilterOutputStream flush() through java.io.Flushable",
            "java.io.FilterOutputStream flush() through java.io.OutputStream",
            "java.io.FilterOutputStream write(byte[]) through java.io.OutputStream",
            "java.io.FilterOutputStream write(byte[],int,int) through java.io.OutputStream",
            "java.io.FilterOutputStream write(int) through java.io.OutputStream",
            "java.nio.charset.Charset compareTo(java.lang.Object) through java.lang.Comparable",
            "java.util.Scanner remove() through java.util.Iterator",
            "java.util.concurrent.ThreadLocalRandom next(int) through java.util.Random");

    @BeforeAll
    static void lookAtEverything() throws IOException {
        AllowList allowList = AllowList.load();
        Dangers dangers = Dangers.load();
        AllowList classified = new AllowList(ListFile.lines("classified.txt"));
        Hierarchy hierarchy = new Hierarchy(Map.of(), new Libraries(List.of()), allowList);
        References references = new References(allowList, dangers, hierarchy);
        LibraryMembers.of(AllowListReviewTest::isMentioned).forEach((name, members) -> {
            if (allowList.allowsType(name)) {
                ADMITTED.add(name);
            }
            for (Member member : members) {
                String written = name + " " + member;
                boolean known = classified.decide(name, member.name(), member.descriptor()) == Decision.ALLOWED;
                if (allowList.allowsType(name)) {
                    OTHERWISE_REACHED.addAll(
                            otherwiseReached(hierarchy, allowList, name, member).toList());
                }
                Optional<String> admitted = admitted(references, dangers, name, member);
                if (admitted.isPresent()) {
                    ADMITTED.add(name + " " + admitted.get());
                    if (known) {
                        CONTRADICTED.add(written);
                    }
                } else if (!known && isUnnamed(allowList, dangers, name, member)) {
                    UNCLASSIFIED.add(written);
                }
            }
        });
    }

    @Test
    void everyMemberIsAdmittedOrRefusedByNameOrForAReason() {
        assertThat(UNCLASSIFIED)
                .as(
                        "nobody decided about%n%s%nadmit them in allow-list.txt, or say in classified.txt why not",
                        asFile(UNCLASSIFIED))
                .isEmpty();
    }

    @Test
    void whatIsAdmittedHasBeenReviewed() {
        int jdk = Runtime.version().feature();
        SortedSet<String> reviewed = reviewed("admitted.txt");
        if (jdk > OLDEST) {
            reviewed.addAll(reviewed("admitted-25.txt"));
        }
        SortedSet<String> added = without(ADMITTED, reviewed);
        assertThat(added)
                .as(
                        "new in JDK %s or in the allow-list; review, then record in admitted.txt or admitted-25.txt%n%s",
                        jdk, asFile(added))
                .isEmpty();
        if (jdk == OLDEST || jdk == NEWEST) {
            SortedSet<String> gone = without(reviewed, ADMITTED);
            assertThat(gone)
                    .as("no longer admitted under JDK %s%n%s", jdk, asFile(gone))
                    .isEmpty();
        }
    }

    @Test
    void nothingThatIsAdmittedIsClassifiedAsRefused() {
        assertThat(CONTRADICTED).isEmpty();
    }

    /** A call that names an ancestor runs the method of the class: refusing it there alone refuses nothing. */
    @Test
    void whatIsRefusedInAClassIsNotReachedThroughItsAncestors() {
        assertThat(without(OTHERWISE_REACHED, HARMLESS)).isEmpty();
    }

    @Test
    void whatIsHarmlessIsStillReached() {
        assertThat(OTHERWISE_REACHED).containsAll(HARMLESS);
    }

    private static Stream<String> otherwiseReached(
            Hierarchy hierarchy, AllowList allowList, String className, Member member) {
        if (member.name().equals("<init>")
                || isAllowed(allowList.decide(className, member.name(), member.descriptor()))) {
            return Stream.empty();
        }
        return hierarchy.lineage(className.replace('.', '/')).stream()
                .filter(ancestor -> ancestor.member(member.name(), member.descriptor())
                        .filter(access -> (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0)
                        .isPresent())
                .map(ancestor -> ancestor.name().replace('/', '.'))
                .filter(name -> !name.equals(className))
                .filter(name -> isAllowed(allowList.decide(name, member.name(), member.descriptor())))
                .map(name -> className + " " + member + " through " + name);
    }

    private static boolean isAllowed(Decision decision) {
        return decision == Decision.ALLOWED || decision == Decision.VARYING;
    }

    /** The member as the record writes it, if a class file may use it; '?' before it if that is warned about. */
    private static Optional<String> admitted(References references, Dangers dangers, String className, Member member) {
        FindingSink sink = new FindingSink(Finding.Layer.BYTECODE, className, dangers);
        references.member(className.replace('.', '/'), member.name(), member.descriptor(), sink, 0);
        if (sink.denied()) {
            return Optional.empty();
        }
        return Optional.of(sink.findings().isEmpty() ? member.toString() : "?" + member);
    }

    /** What the list admits, and only a type that the member mentions refuses, needs no reason of its own. */
    private static boolean isUnnamed(AllowList allowList, Dangers dangers, String className, Member member) {
        return allowList.decide(className, member.name(), member.descriptor()) == Decision.UNLISTED
                && dangers.ofMember(className, member.name(), member.descriptor())
                        .isEmpty();
    }

    private static boolean isMentioned(String packageName) {
        return ListFile.lines("allow-list.txt").stream()
                .map(line -> ListFile.words(line).get(0))
                .filter(pattern -> !pattern.startsWith(OWN_PACKAGES))
                .anyMatch(pattern -> pattern.endsWith(".**")
                        ? (packageName + ".").startsWith(pattern.substring(0, pattern.length() - 2))
                        : packageName.equals(pattern.substring(0, pattern.lastIndexOf('.'))));
    }

    private static SortedSet<String> reviewed(String file) {
        SortedSet<String> reviewed = new TreeSet<>();
        for (String line : ListFile.lines(file)) {
            List<String> words = ListFile.words(line);
            reviewed.add(words.get(0));
            words.stream().skip(1).forEach(member -> reviewed.add(words.get(0) + " " + member));
        }
        return reviewed;
    }

    private static SortedSet<String> without(Collection<String> all, Collection<String> known) {
        SortedSet<String> rest = new TreeSet<>(all);
        rest.removeAll(known);
        return rest;
    }

    /** As the files have it: a line for the fields of a class, and one for the overloads of each of its methods. */
    private static String asFile(Collection<String> members) {
        Map<String, List<String>> lines = new TreeMap<>();
        for (String member : members) {
            List<String> words = ListFile.words(member);
            int method = member.indexOf('(');
            List<String> line = lines.computeIfAbsent(
                    method < 0 ? words.get(0) : member.substring(0, method),
                    key -> new ArrayList<>(words.subList(0, 1)));
            line.addAll(words.subList(1, words.size()));
        }
        return lines.values().stream().map(words -> String.join(" ", words)).collect(Collectors.joining("\n"));
    }
}
