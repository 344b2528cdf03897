package io.strategysandbox.core.validation;

import com.github.javaparser.ast.CompilationUnit;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Decides whether a strategy's code may run. The class files are the authority: every type and member they mention must
 * be on an allow-list. The sources are looked at first, for findings that a reader can follow and for text that does not
 * mean what it shows. No code of the input runs, and nothing it names is loaded. Thread-safe.
 */
public final class SecurityValidator {

    private final AllowList allowList;
    private final Dangers dangers;
    private final Libraries libraries = new Libraries();

    private SecurityValidator(AllowList allowList, Dangers dangers) {
        this.allowList = allowList;
        this.dangers = dangers;
    }

    /** {@return a validator with the shipped allow-list} */
    public static SecurityValidator create() {
        return new SecurityValidator(AllowList.load(), Dangers.load());
    }

    /**
     * Checks the text and the syntax tree of sources.
     *
     * @param sources the sources of one strategy
     * @return what was found; paths are those of the sources
     */
    public ValidationReport checkSources(List<SourceFile> sources) {
        List<Finding> findings = new ArrayList<>();
        Map<FindingSink, CompilationUnit> trees = new LinkedHashMap<>();
        Set<String> ownTypes = new HashSet<>();
        List<FindingSink> sinks = new ArrayList<>();
        for (SourceFile source : sources) {
            FindingSink text = new FindingSink(Finding.Layer.TEXT, source.path(), dangers);
            FindingSink tree = new FindingSink(Finding.Layer.AST, source.path(), dangers);
            sinks.add(text);
            sinks.add(tree);
            SourceText.check(source, text)
                    .flatMap(decoded -> SourceTree.parse(decoded, tree))
                    .ifPresent(unit -> {
                        trees.put(tree, unit);
                        ownTypes.addAll(SourceTree.types(unit));
                    });
        }
        // A class of the strategy's own may be called Process; which ones there are is known only after all files.
        trees.forEach((sink, unit) -> new SourceTree(dangers, sink, ownTypes).check(unit));
        sinks.forEach(sink -> findings.addAll(sink.findings()));
        return new ValidationReport(findings);
    }

    /**
     * Checks class files against the allow-list.
     *
     * @param classes the class files of one strategy
     * @param sources the sources they were made of, so that findings can name them
     * @return what was found; paths are those of the sources where the class file names one
     */
    public ValidationReport checkClasses(CompiledClasses classes, List<SourceFile> sources) {
        List<Finding> findings = new ArrayList<>();
        Map<String, ClassNode> nodes = new TreeMap<>();
        for (String name : classes.names()) {
            try {
                ClassNode node = new ClassNode();
                new ClassReader(classes.bytes(name)).accept(node, ClassReader.SKIP_FRAMES);
                if (!node.name.equals(name.replace('.', '/'))) {
                    throw new IllegalArgumentException("its name is not that of its file");
                }
                nodes.put(node.name, node);
            } catch (RuntimeException e) {
                // ASM has no one exception for what it cannot read; whatever it is, the class is not understood.
                findings.add(new Finding(
                        "class-file-unreadable",
                        Category.OTHER,
                        Finding.Severity.DENY,
                        Finding.Layer.BYTECODE,
                        name,
                        0,
                        0,
                        "the class file of " + PrintableName.of(name) + " cannot be understood."));
            }
        }
        Map<String, ClassShape> shapes = new TreeMap<>();
        nodes.forEach((name, node) -> shapes.put(name, ClassShape.of(node)));
        References references = new References(allowList, dangers, new Hierarchy(shapes, libraries, allowList));
        for (ClassNode node : nodes.values()) {
            FindingSink sink = new FindingSink(Finding.Layer.BYTECODE, path(node, sources), dangers);
            new ClassChecker(references, sink, node).check();
            findings.addAll(sink.findings());
        }
        return new ValidationReport(findings);
    }

    private static String path(ClassNode node, List<SourceFile> sources) {
        @Nullable String file = node.sourceFile;
        int slash = node.name.lastIndexOf('/');
        String inPackage = node.name.substring(0, slash + 1) + file;
        return sources.stream()
                .map(SourceFile::path)
                .filter(path -> path.equals(inPackage))
                .findFirst()
                .or(() -> sources.stream()
                        .map(SourceFile::path)
                        .filter(path ->
                                path.substring(path.lastIndexOf('/') + 1).equals(file))
                        .findFirst())
                .orElse(node.name + ".class");
    }
}
