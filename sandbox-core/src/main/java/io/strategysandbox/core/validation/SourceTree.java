package io.strategysandbox.core.validation;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the syntax tree for what a reader would recognise: dangerous classes and members by name. It refuses only what
 * it is sure about; the class files are checked all the same.
 */
final class SourceTree {

    /** Far from what the stack holds on any JDK, so that what is not looked at is the same everywhere. */
    private static final int MAX_DEPTH = 1_000;

    private SourceTree() {}

    /** The syntax tree of a file; empty, with a warning, if it cannot be read. */
    static Optional<CompilationUnit> parse(String text, FindingSink sink) {
        ParserConfiguration configuration = new ParserConfiguration()
                .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17)
                .setAttributeComments(false);
        try {
            ParseResult<CompilationUnit> result = new JavaParser(configuration).parse(text);
            if (result.isSuccessful()
                    && result.getResult().filter(SourceTree::isShallow).isPresent()) {
                return result.getResult();
            }
        } catch (RuntimeException | StackOverflowError e) {
            // The parser is a help for readers, not the authority; what it cannot read is checked as class files.
            notSeen(sink);
            return Optional.empty();
        }
        notSeen(sink);
        return Optional.empty();
    }

    private static boolean isShallow(CompilationUnit unit) {
        List<Node> level = List.of(unit);
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth > MAX_DEPTH) {
                return false;
            }
            List<Node> next = new ArrayList<>();
            level.forEach(node -> next.addAll(node.getChildNodes()));
            level = next;
        }
        return true;
    }

    static void check(CompilationUnit unit, TreeWalk walk, FindingSink sink) {
        try {
            walk.walk(unit);
            new SourceHints(sink).check(unit);
        } catch (RuntimeException | StackOverflowError e) {
            // As in parse.
            notSeen(sink);
        }
    }

    /** Says that this layer saw nothing of a file. */
    static void notSeen(FindingSink sink) {
        sink.warn(
                "not-parsed",
                Category.OTHER,
                0,
                0,
                "the syntax tree could not be looked at; the class files of this file are checked all the same.");
    }
}
