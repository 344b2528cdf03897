package io.strategysandbox.core.compilation.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;

/** What javac says, in words that are the same whichever JDK it comes with. */
final class CompilerWords {

    private static final String CANDIDATES = "cant.apply.symbols";
    private static final String CANDIDATE = "    ";

    private CompilerWords() {}

    static String of(Diagnostic<?> diagnostic) {
        String code = String.valueOf(diagnostic.getCode());
        if (code.contains("preview.feature.disabled") || code.contains("feature.not.supported.in.source")) {
            return "this is newer than Java 17, which strategies are written in";
        }
        String words = diagnostic.getMessage(Locale.ROOT);
        return code.contains(CANDIDATES) ? withSortedCandidates(words) : words;
    }

    /** Candidates come in the order in which the JDK's own class files list them. */
    private static String withSortedCandidates(String words) {
        List<String> candidates = new ArrayList<>();
        StringBuilder sorted = new StringBuilder();
        for (String line : words.lines().toList()) {
            boolean begins = line.startsWith(CANDIDATE) && !line.startsWith(CANDIDATE + " ");
            if (begins) {
                candidates.add(line);
            } else if (candidates.isEmpty()) {
                sorted.append(line);
            } else {
                int last = candidates.size() - 1;
                candidates.set(last, candidates.get(last) + "\n" + line);
            }
        }
        Collections.sort(candidates);
        candidates.forEach(candidate -> sorted.append('\n').append(candidate));
        return sorted.toString();
    }
}
