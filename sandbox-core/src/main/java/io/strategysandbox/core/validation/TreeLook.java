package io.strategysandbox.core.validation;

import com.github.javaparser.ast.CompilationUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Looks at the syntax trees of one strategy: path to text in, findings out. Loaded by {@link ParserLoader}. */
final class TreeLook implements Function<Map<String, String>, List<Finding>> {

    private final Dangers dangers = Dangers.load();

    @Override
    public List<Finding> apply(Map<String, String> texts) {
        Map<FindingSink, CompilationUnit> trees = new LinkedHashMap<>();
        Set<String> ownTypes = new HashSet<>();
        List<FindingSink> sinks = new ArrayList<>();
        texts.forEach((path, text) -> {
            FindingSink sink = new FindingSink(Finding.Layer.AST, path, dangers);
            sinks.add(sink);
            SourceTree.parse(text, sink).ifPresent(unit -> {
                trees.put(sink, unit);
                ownTypes.addAll(SourceTree.types(unit));
            });
        });
        // A class of the strategy's own may be called Process; which ones there are is known only after all files.
        trees.forEach((sink, unit) -> new SourceTree(dangers, sink, ownTypes).check(unit));
        return sinks.stream().flatMap(sink -> sink.findings().stream()).toList();
    }
}
