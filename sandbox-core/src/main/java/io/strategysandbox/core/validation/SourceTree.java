package io.strategysandbox.core.validation;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.TypeParameter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Looks at the syntax tree for what a reader would recognise: dangerous classes and members by name. It refuses only what
 * it is sure about; the class files are checked all the same.
 */
final class SourceTree {

    private final Dangers dangers;
    private final FindingSink sink;
    private final Map<String, String> imported = new HashMap<>();
    private final Map<String, String> staticallyImported = new HashMap<>();
    private final Set<String> shadowed = new HashSet<>();

    /**
     * A look at one file.
     *
     * @param ownTypes the simple names of the types that the strategy's files declare, in whichever file
     */
    SourceTree(Dangers dangers, FindingSink sink, Set<String> ownTypes) {
        this.dangers = dangers;
        this.sink = sink;
        shadowed.addAll(ownTypes);
    }

    /** The syntax tree of a file; empty, with a warning, if it cannot be read. */
    static Optional<CompilationUnit> parse(String text, FindingSink sink) {
        ParserConfiguration configuration = new ParserConfiguration()
                .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17)
                .setAttributeComments(false);
        try {
            ParseResult<CompilationUnit> result = new JavaParser(configuration).parse(text);
            if (result.isSuccessful() && result.getResult().isPresent()) {
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

    /** The simple names of the types that a file declares. */
    static Set<String> types(CompilationUnit unit) {
        Set<String> names = new HashSet<>();
        try {
            unit.findAll(TypeDeclaration.class).forEach(type -> names.add(type.getNameAsString()));
            unit.findAll(TypeParameter.class).forEach(type -> names.add(type.getNameAsString()));
        } catch (StackOverflowError e) {
            // Too deep to be walked; check says so.
            return names;
        }
        return names;
    }

    void check(CompilationUnit unit) {
        try {
            unit(unit);
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

    private void unit(CompilationUnit unit) {
        unit.findAll(VariableDeclarator.class).forEach(variable -> shadowed.add(variable.getNameAsString()));
        unit.findAll(Parameter.class).forEach(parameter -> shadowed.add(parameter.getNameAsString()));
        unit.getImports().forEach(this::imports);
        unit.walk(this::node);
    }

    private void imports(ImportDeclaration declaration) {
        String name = declaration.getNameAsString();
        int dot = name.lastIndexOf('.');
        if (declaration.isAsterisk()) {
            return;
        }
        if (declaration.isStatic()) {
            staticallyImported.put(name.substring(dot + 1), name.substring(0, Math.max(0, dot)));
        } else {
            imported.put(name.substring(dot + 1), name);
            dangers.ofType(name).ifPresent(danger -> deny(danger, declaration, "the import of " + name));
        }
    }

    private void node(Node node) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("nobody waits for this tree any more");
        }
        if (node instanceof MethodCallExpr call) {
            call(call);
        } else if (node instanceof MethodReferenceExpr reference) {
            className(reference.getScope()).ifPresent(owner -> member(owner, reference.getIdentifier(), reference));
        } else if (node instanceof FieldAccessExpr access) {
            className(access.getScope()).ifPresent(owner -> member(owner, access.getNameAsString(), access));
        } else if (node instanceof ObjectCreationExpr creation) {
            className(creation.getType())
                    .ifPresent(owner -> dangers.ofType(owner)
                            .ifPresent(danger -> deny(danger, creation, "new " + owner + "(...)")));
        } else if (node instanceof ClassOrInterfaceType type) {
            className(type).ifPresent(owner -> dangers.ofType(owner).ifPresent(danger -> deny(danger, type, owner)));
        }
    }

    private void call(MethodCallExpr call) {
        Optional<Expression> scope = call.getScope();
        if (scope.isPresent()) {
            className(scope.get()).ifPresent(owner -> member(owner, call.getNameAsString(), call));
        } else {
            String owner = staticallyImported.get(call.getNameAsString());
            if (owner != null) {
                member(owner, call.getNameAsString(), call);
            }
        }
    }

    private void member(String owner, String name, Node node) {
        dangers.ofMember(owner, name, "").ifPresent(danger -> deny(danger, node, owner + "." + name));
    }

    private void deny(Dangers.Danger danger, Node node, String what) {
        sink.deny(
                danger,
                node.getBegin().map(position -> position.line).orElse(0),
                node.getBegin().map(position -> position.column).orElse(0),
                what + " is not allowed in a strategy");
    }

    private Optional<String> className(Expression expression) {
        if (expression instanceof NameExpr name) {
            return simple(name.getNameAsString());
        }
        if (expression instanceof FieldAccessExpr access) {
            return qualified(access.toString());
        }
        if (expression instanceof TypeExpr type && type.getType() instanceof ClassOrInterfaceType named) {
            return className(named);
        }
        return Optional.empty();
    }

    private Optional<String> className(ClassOrInterfaceType type) {
        return type.getScope().isPresent() ? qualified(type.getNameWithScope()) : simple(type.getNameAsString());
    }

    private static Optional<String> qualified(String text) {
        return text.matches("[a-z][\\w$]*(\\.[\\w$]+)+") ? Optional.of(text) : Optional.empty();
    }

    private Optional<String> simple(String name) {
        if (shadowed.contains(name)) {
            return Optional.empty();
        }
        return Optional.of(imported.getOrDefault(name, "java.lang." + name));
    }
}
