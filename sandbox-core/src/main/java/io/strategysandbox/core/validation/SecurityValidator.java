package io.strategysandbox.core.validation;

import io.strategysandbox.core.config.LearningSystemConfig.Validator;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Decides whether a strategy's code may run. The class files are the authority: every type and member they mention must
 * be on an allow-list. The sources are looked at first, for findings that a reader can follow and for text that does not
 * mean what it shows. No code of the input runs, and nothing it names is loaded. Thread-safe.
 */
public final class SecurityValidator {

    private static final Duration TREE_DEADLINE = Duration.ofSeconds(60);

    /** Of class files, in one strategy; each alone has a limit of its own. */
    private static final int MANY_FINDINGS = 1_000;

    /** What strictness is about: a strategy that does these may still be honest. */
    private static final Set<Category> STRICT =
            EnumSet.of(Category.NONDETERMINISM, Category.RESOURCE, Category.LOOKAHEAD);

    private final AllowList allowList;
    private final boolean strict;
    private final Dangers dangers;
    private final SourceTrees trees;
    private final Libraries libraries;

    private SecurityValidator(Validator policy, List<Path> jars, Dangers dangers, SourceTrees trees) {
        this.libraries = new Libraries(jars);
        this.allowList = AllowList.load(policy.allow());
        this.strict = policy.strict();
        this.dangers = dangers;
        this.trees = trees;
    }

    /** {@return a validator with the shipped allow-list} */
    public static SecurityValidator create() {
        return create(Validator.SHIPPED, List.of());
    }

    /**
     * A validator with a policy.
     *
     * @param policy what it refuses and allows beyond what is shipped
     * @param jars the user's libraries; of them only what the policy names is allowed
     * @return the validator
     */
    public static SecurityValidator create(Validator policy, List<Path> jars) {
        return create(policy, jars, TREE_DEADLINE);
    }

    /**
     * A validator with the shipped allow-list.
     *
     * @param treeDeadline longest look at the syntax trees of one strategy
     */
    static SecurityValidator create(Duration treeDeadline) {
        return create(Validator.SHIPPED, List.of(), treeDeadline);
    }

    /** A validator whose look at trees is that of this class loader, so that a test sees a class that was changed in it. */
    static SecurityValidator uncounted() {
        Dangers dangers = Dangers.load();
        SourceTrees trees = new SourceTrees(new TreeLook(List.of(), List.of()), dangers, TREE_DEADLINE);
        return new SecurityValidator(Validator.SHIPPED, List.of(), dangers, trees);
    }

    private static SecurityValidator create(Validator policy, List<Path> jars, Duration treeDeadline) {
        Dangers dangers = Dangers.load();
        return new SecurityValidator(
                policy, jars, dangers, new SourceTrees(policy.allow(), jars, dangers, treeDeadline));
    }

    /**
     * Checks the text and the syntax tree of sources.
     *
     * @param sources the sources of one strategy
     * @return what was found; paths are those of the sources
     */
    public ValidationReport checkSources(List<SourceFile> sources) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (SourceFile source : sources) {
            if (enough(findings)) {
                findings.add(moreFindings(findings, "more sources are not looked at. Mend what is listed first."));
                break;
            }
            FindingSink sink = new FindingSink(Finding.Layer.TEXT, source.path(), dangers);
            SourceText.check(source, sink).ifPresent(text -> texts.put(source.path(), text));
            findings.addAll(sink.findings());
        }
        findings.addAll(trees.check(texts));
        return graded(findings, sources);
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
        List<String> readable = new ArrayList<>();
        Map<String, ClassShape> shapes = new TreeMap<>();
        for (String name : classes.names()) {
            try {
                byte[] classFile = classes.bytes(name);
                Optional<ClassFileGate.Refusal> refusal = ClassFileGate.check(classFile);
                if (refusal.isPresent()) {
                    findings.add(
                            refused(name, refusal.get().rule(), refusal.get().message()));
                    continue;
                }
                ClassShape shape = ClassShape.read(classFile);
                shapes.put(shape.name(), shape);
                readable.add(name);
            } catch (RuntimeException | StackOverflowError e) {
                // ASM has no one exception for what it cannot read; whatever it is, the class is not understood.
                findings.add(unreadable(name));
            }
        }
        References references = new References(allowList, dangers, new Hierarchy(shapes, libraries, allowList));
        SourcePlaces places = new SourcePlaces(sources);
        // Read once more, one by one: all trees at once would take many times the memory of the class files.
        for (String name : readable) {
            boolean many = findings.size() >= MANY_FINDINGS;
            if (enough(findings)) {
                findings.add(moreFindings(findings, "more class files are not looked at. Mend what is listed first."));
                break;
            }
            try {
                check(name, new ClassReader(classes.bytes(name)), references, places).stream()
                        .filter(finding -> !many || refuses(finding))
                        .forEach(findings::add);
            } catch (RuntimeException | StackOverflowError e) {
                // Some of a class file, such as its descriptors, is not understood before it is used.
                findings.add(unreadable(name));
            }
        }
        return graded(findings, sources);
    }

    /** Whether a strategy is refused, and nobody would read more of why. */
    private static boolean enough(List<Finding> findings) {
        return findings.size() >= MANY_FINDINGS && findings.stream().anyMatch(SecurityValidator::refuses);
    }

    private static Finding moreFindings(List<Finding> findings, String message) {
        Finding first = findings.get(0);
        return new Finding(
                "more-findings", Category.OTHER, Finding.Severity.WARN, first.layer(), first.path(), 0, 0, message);
    }

    private static boolean refuses(Finding finding) {
        return finding.severity() == Finding.Severity.DENY;
    }

    private ValidationReport graded(List<Finding> findings, List<SourceFile> sources) {
        return new ValidationReport(Snippets.show(findings, sources).stream()
                .map(finding -> strict && STRICT.contains(finding.category()) ? finding.refusing() : finding)
                .toList());
    }

    private List<Finding> check(String name, ClassReader reader, References references, SourcePlaces places) {
        ClassNode node = tree(name, reader);
        FindingSink sink = new FindingSink(Finding.Layer.BYTECODE, places.of(node.name, node.sourceFile), dangers);
        new ClassChecker(references, sink, node).check();
        if (!sink.denied()) {
            new ConstantPool(reader, node).check(references, sink);
        }
        return sink.findings();
    }

    private static ClassNode tree(String className, ClassReader reader) {
        ClassNode node = new ClassTree();
        reader.accept(node, ClassReader.SKIP_FRAMES);
        if (!node.name.replace('/', '.').equals(className)) {
            throw new IllegalArgumentException("its name is not that of its file");
        }
        return node;
    }

    private static Finding unreadable(String className) {
        return refused(className, "class-file-unreadable", "cannot be understood.");
    }

    private static Finding refused(String className, String rule, String what) {
        String shown = PrintableName.of(className);
        return new Finding(
                rule,
                Category.OTHER,
                Finding.Severity.DENY,
                Finding.Layer.BYTECODE,
                shown.replace('.', '/') + ".class",
                0,
                0,
                "the class file of " + shown + " " + what);
    }
}
