package io.strategysandbox.core.validation;

import com.github.javaparser.ast.CompilationUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks at the syntax trees of one strategy: path to text in, findings out. Loaded by {@link ParserLoader}. */
final class TreeLook implements Function<Map<String, String>, List<Finding>> {

    private final Dangers dangers = Dangers.load();
    private final AllowList allowList;
    private final Libraries files;
    private final LibraryTypes libraries;

    /**
     * A look.
     *
     * @param allow lines that a configuration adds to the allow-list
     * @param jars the user's libraries
     */
    TreeLook(List<String> allow, List<Path> jars) {
        allowList = AllowList.load(allow);
        files = new Libraries(jars);
        libraries = new LibraryTypes(files, allowList, dangers);
    }

    @Override
    public List<Finding> apply(Map<String, String> texts) {
        Map<FindingSink, CompilationUnit> trees = new LinkedHashMap<>();
        OwnTypes ownTypes = new OwnTypes(libraries);
        List<FindingSink> sinks = new ArrayList<>();
        texts.forEach((path, text) -> {
            FindingSink sink = new FindingSink(Finding.Layer.AST, path, dangers);
            sinks.add(sink);
            Optional<CompilationUnit> tree = SourceTree.parse(text, sink);
            tree.ifPresentOrElse(unit -> trees.put(sink, unit), () -> ownTypes.addUnread(text));
        });
        // A class of the strategy's own may be called Process; which ones there are is known only after all files.
        trees.values().forEach(ownTypes::add);
        ownTypes.settle();
        Members members = new Members(
                libraries, dangers, new References(allowList, dangers, new Hierarchy(Map.of(), files, allowList)));
        trees.forEach((sink, unit) -> SourceTree.check(
                unit, new TreeWalk(ownTypes, libraries, members, new TreeFindings(sink, libraries)), sink));
        return sinks.stream().flatMap(sink -> sink.findings().stream()).toList();
    }
}
