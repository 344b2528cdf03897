package io.strategysandbox.core.validation;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.ArrayCreationExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.ClassExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.Name;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import com.github.javaparser.ast.expr.SwitchExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.YieldStmt;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.Type;
import io.strategysandbox.core.validation.Meaning.Kind;
import io.strategysandbox.core.validation.Members.Found;
import io.strategysandbox.core.validation.SourceType.Array;
import io.strategysandbox.core.validation.SourceType.Library;
import io.strategysandbox.core.validation.SourceType.Own;
import io.strategysandbox.core.validation.SourceType.Unknown;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the expressions of a tree mean: each is asked for after the expressions in it. */
final class Expressions {

    private final Members members;
    private final Names names;
    private final TreeFindings findings;
    private final IdentityHashMap<Expression, Meaning> meanings = new IdentityHashMap<>();

    Expressions(Members members, Names names, TreeFindings findings) {
        this.members = members;
        this.names = names;
        this.findings = findings;
    }

    Meaning of(Expression expression) {
        return meanings.getOrDefault(expression, Meaning.UNKNOWN);
    }

    SourceType type(Expression expression) {
        Meaning meaning = of(expression);
        return meaning.kind() == Kind.PACKAGE ? Unknown.TYPE : meaning.type();
    }

    void set(Expression expression, SourceType type) {
        meanings.put(expression, Meaning.value(type));
    }

    /** Finds out what an expression means whose parts have been looked at. */
    void look(Expression expression, Scope scope) {
        Meaning meaning;
        if (expression instanceof NameExpr name) {
            meaning = name(name.getNameAsString(), name, scope);
        } else if (expression instanceof FieldAccessExpr access) {
            meaning = access(of(access.getScope()), access.getNameAsString(), access, scope);
        } else if (expression instanceof TypeExpr type) {
            meaning = scope(type.getType(), type, scope);
        } else {
            meaning = Meaning.value(value(expression, scope));
        }
        meanings.put(expression, meaning);
    }

    /** What stands before the colons of a method reference: the parser takes variables for types there. */
    private Meaning scope(Type type, TypeExpr node, Scope scope) {
        if (!(type instanceof ClassOrInterfaceType named)
                || named.getTypeArguments().isPresent()
                || !named.getAnnotations().isEmpty()) {
            return Meaning.type(scope.types().read(type));
        }
        String name = named.getNameAsString();
        return named.getScope()
                .map(outer -> access(scope(outer, node, scope), name, node, scope))
                .orElseGet(() -> name(name, node, scope));
    }

    private Meaning name(String name, Node node, Scope scope) {
        Names.Named named = names.of(name, scope);
        findings.member(named.found(), named.owner(), name, node);
        return named.meaning();
    }

    private Meaning access(Meaning outer, String name, Node node, Scope scope) {
        if (outer.kind() == Kind.PACKAGE) {
            String qualified = outer.name() + "." + name;
            SourceType type = scope.types().qualified(qualified);
            return type.isKnown() ? Meaning.type(type) : Meaning.packageNamed(qualified);
        }
        Optional<Found> field = outer.type().isKnown() ? members.field(outer.type(), name) : Optional.empty();
        if (field.isPresent()) {
            findings.member(field.get(), outer.type(), name, node);
            return Meaning.value(field.get().type());
        }
        return outer.kind() == Kind.TYPE
                ? scope.types().member(outer.type(), name).map(Meaning::type).orElse(Meaning.UNKNOWN)
                : Meaning.UNKNOWN;
    }

    private SourceType value(Expression expression, Scope scope) {
        if (expression instanceof EnclosedExpr enclosed) {
            return type(enclosed.getInner());
        }
        if (expression instanceof CastExpr cast) {
            return scope.types().read(cast.getType());
        }
        if (expression instanceof AssignExpr assignment) {
            return type(assignment.getTarget());
        }
        if (expression instanceof ConditionalExpr conditional) {
            return common(Stream.of(conditional.getThenExpr(), conditional.getElseExpr()));
        }
        if (expression instanceof SwitchExpr choice) {
            return common(choice.getEntries().stream().flatMap(Expressions::results));
        }
        if (expression instanceof ArrayAccessExpr access) {
            return type(access.getName()) instanceof Array array ? array.element() : Unknown.TYPE;
        }
        if (expression instanceof ArrayCreationExpr creation) {
            return Signatures.arrayOf(
                    scope.types().read(creation.getElementType()),
                    creation.getLevels().size());
        }
        if (expression instanceof ClassExpr literal) {
            return new Library("java.lang.Class", List.of(scope.types().read(literal.getType())));
        }
        if (expression instanceof UnaryExpr unary) {
            return PlainTypes.of(unary, type(unary.getExpression()));
        }
        if (expression instanceof ThisExpr self) {
            return enclosing(self.getTypeName(), scope);
        }
        return expression instanceof SuperExpr parent ? parent(parent, scope) : PlainTypes.ofLiteral(expression);
    }

    /** The type that some expressions have in common; unknown if they differ. */
    private SourceType common(Stream<Expression> results) {
        List<SourceType> types = results.filter(result -> !isNull(result))
                .map(this::type)
                .distinct()
                .toList();
        return types.size() == 1 ? types.get(0) : Unknown.TYPE;
    }

    private static boolean isNull(Expression expression) {
        return expression instanceof EnclosedExpr enclosed
                ? isNull(enclosed.getInner())
                : expression instanceof NullLiteralExpr;
    }

    private static Stream<Expression> results(SwitchEntry entry) {
        if (entry.getType() == SwitchEntry.Type.EXPRESSION
                && entry.getStatements().size() == 1) {
            Statement only = entry.getStatement(0);
            return only instanceof ExpressionStmt result ? Stream.of(result.getExpression()) : Stream.empty();
        }
        return entry.getStatements().stream()
                .flatMap(statement -> statement.findAll(YieldStmt.class).stream())
                .map(YieldStmt::getExpression);
    }

    private static SourceType enclosing(Optional<Name> name, Scope from) {
        for (Optional<Scope> scope = Optional.of(from);
                scope.isPresent();
                scope = scope.get().outer()) {
            Optional<OwnType> type = scope.get()
                    .type()
                    .filter(own ->
                            name.isEmpty() || own.name().equals(name.get().getIdentifier()));
            if (type.isPresent()) {
                return new Own(type.get(), List.of());
            }
        }
        return Unknown.TYPE;
    }

    private static SourceType parent(SuperExpr expression, Scope scope) {
        SourceType self = enclosing(expression.getTypeName(), scope);
        if (self instanceof Own own) {
            return parent(own.type());
        }
        return expression
                .getTypeName()
                .flatMap(name -> scope.types().find(name.asString()))
                .orElse(Unknown.TYPE);
    }

    /** The superclass. */
    static SourceType parent(OwnType type) {
        return type.parents().isEmpty() ? Unknown.TYPE : type.parents().get(0);
    }

    /** What a loop over a value takes out of it. */
    SourceType element(Expression iterable, Ancestry ancestry) {
        SourceType type = type(iterable);
        if (type instanceof Array array) {
            return array.element();
        }
        return ancestry.of(type).types().stream()
                .filter(each -> each instanceof Library library
                        && library.name().equals("java.lang.Iterable")
                        && library.arguments().size() == 1)
                .map(each -> ((Library) each).arguments().get(0))
                .findFirst()
                .orElse(Unknown.TYPE);
    }

    static boolean needsTarget(Node node) {
        return node instanceof EnclosedExpr enclosed
                ? needsTarget(enclosed.getInner())
                : node instanceof Expression expression
                        && (expression.isLambdaExpr() || expression.isMethodReferenceExpr());
    }
}
