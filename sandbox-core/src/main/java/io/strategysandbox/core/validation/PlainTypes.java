package io.strategysandbox.core.validation;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.CharLiteralExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.InstanceOfExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LiteralStringValueExpr;
import com.github.javaparser.ast.expr.LongLiteralExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import io.strategysandbox.core.validation.SourceType.Unknown;

/** The types of literals and of what operators make. */
final class PlainTypes {

    private static final SourceType STRING = SourceType.library("java.lang.String");
    private static final SourceType BOOLEAN = SourceType.library("boolean");

    private PlainTypes() {}

    static SourceType ofLiteral(Expression literal) {
        if (literal instanceof StringLiteralExpr || literal instanceof TextBlockLiteralExpr) {
            return STRING;
        }
        if (literal instanceof BooleanLiteralExpr || literal instanceof InstanceOfExpr) {
            return BOOLEAN;
        }
        return literal instanceof LiteralStringValueExpr number ? ofNumber(number) : Unknown.TYPE;
    }

    private static SourceType ofNumber(LiteralStringValueExpr literal) {
        if (literal instanceof IntegerLiteralExpr) {
            return SourceType.library("int");
        }
        if (literal instanceof LongLiteralExpr) {
            return SourceType.library("long");
        }
        if (literal instanceof CharLiteralExpr) {
            return SourceType.library("char");
        }
        boolean isFloat = literal.getValue().endsWith("f") || literal.getValue().endsWith("F");
        return literal instanceof DoubleLiteralExpr ? SourceType.library(isFloat ? "float" : "double") : Unknown.TYPE;
    }

    static SourceType of(BinaryExpr binary, SourceType left, SourceType right) {
        return switch (binary.getOperator()) {
            case OR, AND, EQUALS, NOT_EQUALS, LESS, GREATER, LESS_EQUALS, GREATER_EQUALS -> BOOLEAN;
            case PLUS -> left.equals(STRING) || right.equals(STRING) ? STRING : same(left, right);
            default -> same(left, right);
        };
    }

    static SourceType of(UnaryExpr unary, SourceType operand) {
        return unary.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT ? BOOLEAN : operand;
    }

    /** Smaller numbers than int grow when they are computed with; it is not needed to know to what. */
    private static SourceType same(SourceType left, SourceType right) {
        boolean computed = left.equals(SourceType.library("int"))
                || left.equals(SourceType.library("long"))
                || left.equals(SourceType.library("double"));
        return computed && left.equals(right) ? left : Unknown.TYPE;
    }
}
