package io.strategysandbox.core.validation;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LongLiteralExpr;
import java.util.OptionalLong;

/** The value of an integer expression of literals, as far as a look at the expression alone tells it. */
final class Constants {

    private static final int MAX_DEPTH = 50;

    private Constants() {}

    static OptionalLong of(Expression expression) {
        return of(expression, 0);
    }

    /** The product of two numbers that are not negative, or the largest number if it is greater. */
    static long times(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        return high != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
    }

    private static OptionalLong of(Expression expression, int depth) {
        if (depth > MAX_DEPTH) {
            return OptionalLong.empty();
        }
        if (expression instanceof EnclosedExpr enclosed) {
            return of(enclosed.getInner(), depth + 1);
        }
        if (expression instanceof CastExpr cast) {
            return of(cast.getExpression(), depth + 1);
        }
        if (expression instanceof IntegerLiteralExpr literal) {
            return OptionalLong.of(literal.asNumber().longValue());
        }
        if (expression instanceof LongLiteralExpr literal) {
            return OptionalLong.of(literal.asNumber().longValue());
        }
        if (expression instanceof FieldAccessExpr access && access.toString().equals("Integer.MAX_VALUE")) {
            return OptionalLong.of(Integer.MAX_VALUE);
        }
        return expression instanceof BinaryExpr binary ? of(binary, depth + 1) : OptionalLong.empty();
    }

    private static OptionalLong of(BinaryExpr binary, int depth) {
        OptionalLong left = of(binary.getLeft(), depth);
        OptionalLong right = of(binary.getRight(), depth);
        if (left.isEmpty() || right.isEmpty() || left.getAsLong() < 0 || right.getAsLong() < 0) {
            return OptionalLong.empty();
        }
        long a = left.getAsLong();
        long b = right.getAsLong();
        return switch (binary.getOperator()) {
            case PLUS -> OptionalLong.of(a + b < 0 ? Long.MAX_VALUE : a + b);
            case MINUS -> OptionalLong.of(a - b);
            case MULTIPLY -> OptionalLong.of(times(a, b));
            case LEFT_SHIFT -> OptionalLong.of(b < 32 ? times(a, 1L << b) : a << b);
            default -> OptionalLong.empty();
        };
    }
}
