package io.strategysandbox.core.validation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Checks annotations wherever a class file can carry them: a few of the platform's and the strategy's own may stay. */
final class Annotations {

    private static final Set<String> ALLOWED = Set.of(
            "Ljava/lang/Deprecated;",
            "Ljava/lang/FunctionalInterface;",
            "Ljava/lang/SafeVarargs;",
            "Ljava/lang/annotation/Documented;",
            "Ljava/lang/annotation/Inherited;",
            "Ljava/lang/annotation/Native;",
            "Ljava/lang/annotation/Repeatable;",
            "Ljava/lang/annotation/Retention;",
            "Ljava/lang/annotation/Target;");

    private final References references;
    private final FindingSink sink;

    /** What is said of the types of annotations that were met, by descriptor. */
    private final Map<String, Optional<Finding>> refusals = new HashMap<>();

    Annotations(References references, FindingSink sink) {
        this.references = references;
        this.sink = sink;
    }

    /** The class's own, or its package's if it is a {@code package-info}. */
    void check(ClassNode node) {
        check(
                0,
                Stream.of(
                        node.visibleAnnotations,
                        node.invisibleAnnotations,
                        node.visibleTypeAnnotations,
                        node.invisibleTypeAnnotations));
    }

    void check(RecordComponentNode component) {
        check(
                0,
                Stream.of(
                        component.visibleAnnotations,
                        component.invisibleAnnotations,
                        component.visibleTypeAnnotations,
                        component.invisibleTypeAnnotations));
    }

    void check(FieldNode field) {
        check(
                0,
                Stream.of(
                        field.visibleAnnotations,
                        field.invisibleAnnotations,
                        field.visibleTypeAnnotations,
                        field.invisibleTypeAnnotations));
    }

    /** The method's own, and those of its parameters, its local variables, its instructions and its handlers. */
    void check(MethodNode method, int line) {
        check(
                line,
                Stream.of(
                        method.visibleAnnotations,
                        method.invisibleAnnotations,
                        method.visibleTypeAnnotations,
                        method.invisibleTypeAnnotations,
                        method.visibleLocalVariableAnnotations,
                        method.invisibleLocalVariableAnnotations));
        check(line, parameters(method.visibleParameterAnnotations));
        check(line, parameters(method.invisibleParameterAnnotations));
        for (AbstractInsnNode instruction : method.instructions) {
            check(line, Stream.of(instruction.visibleTypeAnnotations, instruction.invisibleTypeAnnotations));
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            check(line, Stream.of(block.visibleTypeAnnotations, block.invisibleTypeAnnotations));
        }
        if (method.annotationDefault != null) {
            value(method.annotationDefault, line);
        }
    }

    private static Stream<? extends @Nullable List<AnnotationNode>> parameters(
            @Nullable List<AnnotationNode> @Nullable [] lists) {
        return lists == null ? Stream.empty() : Arrays.stream(lists);
    }

    private void check(int line, Stream<? extends @Nullable List<? extends AnnotationNode>> lists) {
        lists.flatMap(list -> list == null ? Stream.<AnnotationNode>empty() : list.stream())
                .forEach(annotation -> annotation(annotation, line));
    }

    private void annotation(AnnotationNode annotation, int line) {
        // Many may share one type, whose name may be long.
        refusals.computeIfAbsent(annotation.desc, this::refusal).ifPresent(finding -> sink.repeat(finding, line));
        if (annotation.values != null) {
            annotation.values.forEach(value -> value(value, line));
        }
    }

    private Optional<Finding> refusal(String descriptor) {
        Type type = Type.getType(descriptor);
        if (ALLOWED.contains(descriptor) || references.hierarchy().isOwn(type.getInternalName())) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "annotation",
                Category.ANNOTATION,
                Finding.Severity.DENY,
                Finding.Layer.BYTECODE,
                "",
                0,
                0,
                "the annotation " + PrintableName.of(type.getClassName())
                        + " is not allowed in a strategy. Remove it."));
    }

    /** A value, or the name of one. An enum constant comes as its type's descriptor and its name. */
    private void value(Object value, int line) {
        if (value instanceof AnnotationNode nested) {
            annotation(nested, line);
        } else if (value instanceof List<?> several) {
            several.forEach(one -> value(one, line));
        } else if (value instanceof Type type) {
            references.type(type, sink, line);
        } else if (value instanceof String[] constant) {
            references.type(Type.getType(constant[0]), sink, line);
        }
    }
}
