package io.strategysandbox.core.validation;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.expr.TypePatternExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.ExplicitConstructorInvocationStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.LocalClassDeclarationStmt;
import com.github.javaparser.ast.stmt.LocalRecordDeclarationStmt;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.TryStmt;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.Type;
import com.github.javaparser.ast.type.UnionType;
import io.strategysandbox.core.validation.Members.Found;
import io.strategysandbox.core.validation.SourceType.Array;
import io.strategysandbox.core.validation.SourceType.Own;
import io.strategysandbox.core.validation.SourceType.Unknown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Goes through a tree in the order of the source and keeps what each place sees. */
final class TreeWalk {

    private final OwnTypes ownTypes;
    private final LibraryTypes libraries;
    private final Members members;
    private final Names names;
    private final Expressions expressions;
    private final TreeFindings findings;
    private final Ancestry ancestry;

    /** What is expected of a lambda or a method reference. */
    private final IdentityHashMap<Node, SourceType> targets = new IdentityHashMap<>();

    TreeWalk(OwnTypes ownTypes, LibraryTypes libraries, Members members, TreeFindings findings) {
        this.ownTypes = ownTypes;
        this.libraries = libraries;
        this.members = members;
        this.findings = findings;
        names = new Names(members);
        expressions = new Expressions(members, names, findings);
        ancestry = new Ancestry(libraries);
    }

    void walk(CompilationUnit unit) {
        TypeScope types = ownTypes.scope(unit);
        Scope scope = Scope.of(types);
        unit.getImports().forEach(declaration -> imported(declaration, types));
        for (TypeDeclaration<?> type : unit.getTypes()) {
            ownTypes.of(type).ifPresent(own -> type(type, own, scope));
        }
    }

    private void imported(ImportDeclaration declaration, TypeScope types) {
        if (!declaration.isStatic() && !declaration.isAsterisk()) {
            findings.type(types.qualified(declaration.getNameAsString()), declaration);
        }
    }

    private void visit(Node node, Scope scope) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("nobody waits for this tree any more");
        }
        if (node instanceof Expression expression) {
            expression(expression, scope);
        } else if (node instanceof Type type) {
            named(type, scope);
        } else if (node instanceof BodyDeclaration<?> declaration) {
            declaration(declaration, scope);
        } else if (node instanceof VariableDeclarator variable) {
            variable(variable, scope);
        } else if (node instanceof Parameter parameter) {
            children(parameter, scope);
            scope.declare(parameter.getNameAsString(), typeOf(parameter, scope));
        } else {
            statement(node, scope);
        }
    }

    private void children(Node node, Scope scope) {
        node.getChildNodes().forEach(child -> visit(child, scope));
    }

    private void visit(List<? extends Node> nodes, Scope scope) {
        nodes.forEach(node -> visit(node, scope));
    }

    private void named(Type type, Scope scope) {
        if (type instanceof ClassOrInterfaceType named) {
            findings.type(scope.types().read(named), named);
            named.getTypeArguments().ifPresent(arguments -> visit(arguments, scope));
            visit(named.getAnnotations(), scope);
            named.getScope().ifPresent(outer -> visit(outer, scope));
        } else {
            children(type, scope);
        }
    }

    private void declaration(BodyDeclaration<?> declaration, Scope scope) {
        if (declaration instanceof TypeDeclaration<?> type) {
            scope.type().flatMap(outer -> outer.of(type)).ifPresent(own -> type(type, own, scope));
        } else if (declaration instanceof CallableDeclaration<?> callable) {
            Scope inside = scope.inside();
            inside.types().declare(callable.getTypeParameters(), "#" + callable.getNameAsString() + ".");
            children(callable, inside);
        } else if (declaration instanceof EnumConstantDeclaration constant) {
            children(constant.getAnnotations(), constant.getArguments(), scope);
            scope.type().ifPresent(own -> body(List.of(new Own(own, List.of())), constant.getClassBody(), scope));
        } else if (declaration instanceof InitializerDeclaration
                || declaration instanceof CompactConstructorDeclaration) {
            children(declaration, scope.inside());
        } else {
            children(declaration, scope);
        }
    }

    private void children(List<? extends Node> first, List<? extends Node> second, Scope scope) {
        visit(first, scope);
        visit(second, scope);
    }

    private void type(TypeDeclaration<?> declaration, OwnType type, Scope scope) {
        members.renamed(type)
                .forEach(danger -> findings.deny(
                        danger, declaration.getName(), "what " + type.name() + " inherits under a name of its own"));
        children(declaration, scope.inside(type));
    }

    /** A class without a name. */
    private SourceType body(List<SourceType> parents, List<BodyDeclaration<?>> body, Scope scope) {
        OwnType type = OwnType.anonymous(parents, body, scope.types());
        type.settle();
        visit(body, scope.inside(type));
        return new Own(type, List.of());
    }

    private void local(TypeDeclaration<?> declaration, Scope scope) {
        OwnType type = OwnType.of(declaration, scope.types());
        scope.types().declare(declaration.getNameAsString(), new Own(type, List.of()));
        type.settle();
        type(declaration, type, scope);
    }

    private void statement(Node node, Scope scope) {
        if (node instanceof LocalClassDeclarationStmt local) {
            local(local.getClassDeclaration(), scope);
        } else if (node instanceof LocalRecordDeclarationStmt local) {
            local(local.getRecordDeclaration(), scope);
        } else if (node instanceof ForEachStmt loop) {
            forEach(loop, scope.inside());
        } else if (node instanceof ExplicitConstructorInvocationStmt call) {
            constructorCall(call, scope);
        } else {
            boolean opens = node instanceof BlockStmt
                    || node instanceof ForStmt
                    || node instanceof TryStmt
                    || node instanceof CatchClause
                    || node instanceof SwitchEntry entry && entry.getType() != SwitchEntry.Type.STATEMENT_GROUP;
            Scope inside = opens ? scope.inside() : scope;
            children(node, inside);
            if (node instanceof ForStmt) {
                // What its condition declares may be seen after it, as after 'while'.
                scope.declarePatternsOf(inside);
            }
        }
    }

    private void forEach(ForEachStmt loop, Scope scope) {
        visit(loop.getIterable(), scope);
        VariableDeclarator variable = loop.getVariable().getVariable(0);
        visit(loop.getVariable(), scope);
        if (variable.getType().isVarType()) {
            scope.declare(variable.getNameAsString(), expressions.element(loop.getIterable(), ancestry));
        }
        visit(loop.getBody(), scope);
    }

    private void variable(VariableDeclarator variable, Scope scope) {
        visit(variable.getType(), scope);
        boolean inferred = variable.getType().isVarType();
        SourceType declared = inferred ? Unknown.TYPE : scope.types().read(variable.getType());
        boolean isLocal = variable.getParentNode()
                .filter(VariableDeclarationExpr.class::isInstance)
                .isPresent();
        if (isLocal) {
            scope.declare(variable.getNameAsString(), declared);
        }
        variable.getInitializer().ifPresent(value -> {
            expect(value, declared);
            visit(value, scope);
            if (inferred && isLocal) {
                scope.declare(variable.getNameAsString(), expressions.type(value));
            }
        });
    }

    private static SourceType typeOf(Parameter parameter, Scope scope) {
        SourceType type = parameter.getType() instanceof UnionType
                ? SourceType.library("java.lang.Throwable")
                : scope.types().read(parameter.getType());
        return parameter.isVarArgs() ? new Array(type) : type;
    }

    private void expression(Expression expression, Scope scope) {
        if (expression instanceof MethodCallExpr call) {
            call(call, scope);
        } else if (expression instanceof ObjectCreationExpr creation) {
            creation(creation, scope);
        } else if (expression instanceof LambdaExpr lambda) {
            lambda(lambda, scope);
        } else if (expression instanceof MethodReferenceExpr reference) {
            reference(reference, scope);
        } else if (expression instanceof TypeExpr type) {
            expressions.look(type, scope);
            if (expressions.of(type).kind() == Meaning.Kind.TYPE) {
                children(type, scope);
            }
        } else if (expression instanceof BinaryExpr binary) {
            binary(binary, scope);
        } else {
            expectOfParts(expression, scope);
            children(expression, scope);
            if (expression instanceof TypePatternExpr pattern) {
                scope.declarePattern(pattern.getNameAsString(), scope.types().read(pattern.getType()));
            }
            expressions.look(expression, scope);
        }
    }

    private void expectOfParts(Expression expression, Scope scope) {
        if (expression instanceof CastExpr cast) {
            expect(cast.getExpression(), scope.types().read(cast.getType()));
        } else if (expression instanceof EnclosedExpr enclosed) {
            expect(enclosed.getInner(), targets.getOrDefault(enclosed, Unknown.TYPE));
        } else if (expression instanceof AssignExpr assignment && Expressions.needsTarget(assignment.getValue())) {
            visit(assignment.getTarget(), scope);
            expect(assignment.getValue(), expressions.type(assignment.getTarget()));
        }
    }

    private void expect(Expression expression, SourceType target) {
        if (Expressions.needsTarget(expression)) {
            targets.put(expression, target);
        }
    }

    /** A sum may be as long as a file; it is not followed by recursion. */
    private void binary(BinaryExpr sum, Scope scope) {
        Deque<BinaryExpr> parts = new ArrayDeque<>();
        Expression first = sum;
        while (first instanceof BinaryExpr binary) {
            parts.push(binary);
            first = binary.getLeft();
        }
        visit(first, scope);
        while (!parts.isEmpty()) {
            BinaryExpr part = parts.pop();
            visit(part.getRight(), scope);
            expressions.set(
                    part, PlainTypes.of(part, expressions.type(part.getLeft()), expressions.type(part.getRight())));
        }
    }

    private void call(MethodCallExpr call, Scope scope) {
        call.getTypeArguments().ifPresent(types -> visit(types, scope));
        call.getScope().ifPresent(receiver -> visit(receiver, scope));
        SourceType receiver = call.getScope()
                .map(expressions::type)
                .orElseGet(() -> names.ownerOfMethod(call.getNameAsString(), scope));
        List<SourceType> arguments = arguments(call.getArguments(), scope);
        Found found = members.method(receiver, call.getNameAsString(), Optional.of(arguments));
        targetArguments(call.getArguments(), found, scope);
        boolean isClass = call.getNameAsString().equals("getClass") && arguments.isEmpty();
        expressions.set(call, isClass ? SourceType.library("java.lang.Class") : found.type());
        findings.member(found, receiver, call.getNameAsString(), call);
    }

    /** The types of arguments; of those that depend on the method itself, nothing is known yet. */
    private List<SourceType> arguments(List<Expression> arguments, Scope scope) {
        List<SourceType> types = new ArrayList<>();
        for (Expression argument : arguments) {
            if (!Expressions.needsTarget(argument)) {
                visit(argument, scope);
            }
            types.add(expressions.type(argument));
        }
        return types;
    }

    private void targetArguments(List<Expression> arguments, Found found, Scope scope) {
        for (int i = 0; i < arguments.size(); i++) {
            if (Expressions.needsTarget(arguments.get(i))) {
                targets.put(arguments.get(i), found.parameter(i));
                visit(arguments.get(i), scope);
            }
        }
    }

    private void creation(ObjectCreationExpr creation, Scope scope) {
        creation.getScope().ifPresent(outer -> visit(outer, scope));
        SourceType type = created(creation, scope);
        List<SourceType> arguments = arguments(creation.getArguments(), scope);
        Found found = members.constructor(type, Optional.of(arguments));
        targetArguments(creation.getArguments(), found, scope);
        findings.member(found, type, "<init>", creation);
        expressions.set(
                creation,
                creation.getAnonymousClassBody()
                        .map(body -> body(parents(type), body, scope))
                        .orElse(type));
    }

    /** After {@code outer.new} the name is that of a member class of the outer object's class, whatever it means elsewhere. */
    private SourceType created(ObjectCreationExpr creation, Scope scope) {
        ClassOrInterfaceType named = creation.getType();
        if (creation.getScope().isEmpty()) {
            visit(named, scope);
            return scope.types().read(named);
        }
        named.getTypeArguments().ifPresent(arguments -> visit(arguments, scope));
        visit(named.getAnnotations(), scope);
        return scope.types()
                .member(expressions.type(creation.getScope().get()), named.getNameAsString())
                .orElse(Unknown.TYPE);
    }

    private List<SourceType> parents(SourceType type) {
        boolean isInterface = type instanceof Own own
                ? own.type().isInterface()
                : type instanceof SourceType.Library library
                        && libraries
                                .any(library.name())
                                .filter(known -> known.shape().isInterface())
                                .isPresent();
        return isInterface ? List.of(SourceType.library("java.lang.Object"), type) : List.of(type);
    }

    private void constructorCall(ExplicitConstructorInvocationStmt call, Scope scope) {
        call.getExpression().ifPresent(outer -> visit(outer, scope));
        List<SourceType> arguments = arguments(call.getArguments(), scope);
        SourceType type = call.isThis()
                ? Unknown.TYPE
                : scope.innermost().map(Expressions::parent).orElse(Unknown.TYPE);
        Found found = members.constructor(type, Optional.of(arguments));
        targetArguments(call.getArguments(), found, scope);
        findings.member(found, type, "<init>", call);
    }

    private void lambda(LambdaExpr lambda, Scope scope) {
        Optional<Callee> method = members.functional(targets.getOrDefault(lambda, Unknown.TYPE));
        Scope inside = scope.inside();
        for (int i = 0; i < lambda.getParameters().size(); i++) {
            Parameter parameter = lambda.getParameter(i);
            visit(parameter, inside);
            boolean inferred =
                    parameter.getType().isUnknownType() || parameter.getType().isVarType();
            int index = i;
            if (inferred) {
                inside.declare(
                        parameter.getNameAsString(),
                        method.filter(callee -> callee.generic().size() > index)
                                .map(callee -> callee.generic().get(index))
                                .orElse(Unknown.TYPE));
            }
        }
        visit(lambda.getBody(), inside);
    }

    private void reference(MethodReferenceExpr reference, Scope scope) {
        children(reference, scope);
        SourceType owner = expressions.type(reference.getScope());
        Optional<List<SourceType>> arguments = members.functional(targets.getOrDefault(reference, Unknown.TYPE))
                .map(Callee::generic);
        boolean unbound = expressions.of(reference.getScope()).kind() == Meaning.Kind.TYPE;
        if (reference.getIdentifier().equals("new")) {
            findings.member(members.constructor(owner, arguments), owner, "<init>", reference);
            return;
        }
        Found found = members.method(owner, reference.getIdentifier(), arguments);
        if (found.candidates().isEmpty() && unbound) {
            Optional<List<SourceType>> rest =
                    arguments.filter(types -> !types.isEmpty()).map(types -> types.subList(1, types.size()));
            found = members.method(owner, reference.getIdentifier(), rest);
        }
        findings.member(found, owner, reference.getIdentifier(), reference);
    }
}
