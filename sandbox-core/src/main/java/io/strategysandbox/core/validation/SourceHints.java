package io.strategysandbox.core.validation;

import com.github.javaparser.Position;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.ArrayCreationExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.stmt.BreakStmt;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.ThrowStmt;
import com.github.javaparser.ast.stmt.WhileStmt;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks at the syntax tree for what an honest author may have overlooked: loops without an end, allocations beyond any
 * heap, values of bars that are still to come. It only warns.
 */
final class SourceHints {

    /** A quarter of a GiB; the shipped heap is one. */
    private static final long HUGE_BYTES = 1L << 28;

    private static final long REFERENCE_BYTES = 4;
    private static final Map<String, Long> ELEMENT_BYTES = Map.of(
            "boolean", 1L, "byte", 1L, "short", 2L, "char", 2L, "int", 4L, "float", 4L, "long", 8L, "double", 8L);

    /** Classes whose constructor takes a capacity. */
    private static final Set<String> WITH_CAPACITY = Set.of(
            "ArrayList",
            "Vector",
            "ArrayDeque",
            "PriorityQueue",
            "HashMap",
            "LinkedHashMap",
            "HashSet",
            "LinkedHashSet");

    /** Calls that take the index of a bar first. */
    private static final Set<String> BY_INDEX =
            Set.of("getBar", "getValue", "isSatisfied", "shouldEnter", "shouldExit");

    /** Calls that tell the end of the series. */
    private static final Set<String> OF_THE_END = Set.of("getLastBar", "getEndIndex");

    /** Methods that ta4j calls with the index they are to answer for. */
    private static final Set<String> FOR_AN_INDEX = Set.of("calculate", "isSatisfied");

    private final FindingSink sink;

    /** What holds a break, a return or a throw. */
    private final Set<Node> ending = Collections.newSetFromMap(new IdentityHashMap<>());

    SourceHints(FindingSink sink) {
        this.sink = sink;
    }

    void check(CompilationUnit unit) {
        unit.walk(this::end);
        unit.walk(this::node);
    }

    /** Everything around what ends a loop, up to what is known already. */
    private void end(Node node) {
        Optional<Node> around = Optional.of(node).filter(SourceHints::ends);
        while (around.isPresent() && ending.add(around.get())) {
            around = around.get().getParentNode();
        }
    }

    private void node(Node node) {
        if (node instanceof WhileStmt loop) {
            endless(loop, Optional.of(loop.getCondition()));
        } else if (node instanceof DoStmt loop) {
            endless(loop, Optional.of(loop.getCondition()));
        } else if (node instanceof ForStmt loop) {
            endless(loop, loop.getCompare());
        } else if (node instanceof ArrayCreationExpr creation) {
            array(creation);
        } else if (node instanceof ObjectCreationExpr creation) {
            capacity(creation);
        } else if (node instanceof MethodCallExpr call) {
            call(call);
        }
    }

    private void endless(Node loop, Optional<Expression> condition) {
        boolean always = condition.map(SourceHints::isTrue).orElse(true);
        if (always && !ending.contains(loop)) {
            warn(
                    "endless-loop",
                    Category.RESOURCE,
                    loop,
                    "this loop never ends; the run will end at its time limit. Give it a condition.");
        }
    }

    private static boolean ends(Node node) {
        return node instanceof BreakStmt || node instanceof ReturnStmt || node instanceof ThrowStmt;
    }

    private static boolean isTrue(Expression condition) {
        return inner(condition) instanceof BooleanLiteralExpr literal && literal.getValue();
    }

    private void array(ArrayCreationExpr creation) {
        long elements = 1;
        for (var level : creation.getLevels()) {
            OptionalLong dimension = level.getDimension().map(Constants::of).orElse(OptionalLong.empty());
            if (dimension.isEmpty()) {
                break;
            }
            elements = Constants.times(elements, dimension.getAsLong());
        }
        long each = creation.getLevels().size() > 1
                ? REFERENCE_BYTES
                : ELEMENT_BYTES.getOrDefault(creation.getElementType().asString(), REFERENCE_BYTES);
        huge(creation, Constants.times(elements, each));
    }

    private void capacity(ObjectCreationExpr creation) {
        if (WITH_CAPACITY.contains(creation.getType().getNameAsString())
                && creation.getArguments().size() == 1) {
            Constants.of(creation.getArgument(0))
                    .ifPresent(capacity -> huge(creation, Constants.times(capacity, REFERENCE_BYTES)));
        }
    }

    private void huge(Node node, long bytes) {
        if (bytes >= HUGE_BYTES) {
            warn(
                    "huge-allocation",
                    Category.RESOURCE,
                    node,
                    "this allocates " + (bytes >> 20) + " MiB at once; the sandbox's heap is half of limits.memory."
                            + " Keep only what the strategy needs.");
        }
    }

    private void call(MethodCallExpr call) {
        String name = call.getNameAsString();
        List<Expression> arguments = call.getArguments();
        if (name.equals("repeat") && arguments.size() == 1 && call.getScope().isPresent()) {
            long length = inner(call.getScope().get()) instanceof StringLiteralExpr text
                    ? Math.max(1, text.asString().length())
                    : 1;
            Constants.of(arguments.get(0)).ifPresent(count -> huge(call, Constants.times(count, length)));
        } else if (BY_INDEX.contains(name) && !arguments.isEmpty() && isLater(arguments.get(0), call)) {
            warn(
                    "look-ahead",
                    Category.LOOKAHEAD,
                    call,
                    "this asks for a bar after the current one, which is not there yet when the strategy runs."
                            + " Use the current bar or an earlier one.");
        } else if (OF_THE_END.contains(name) && arguments.isEmpty() && isForAnIndex(call)) {
            warn(
                    "look-ahead-end",
                    Category.LOOKAHEAD,
                    call,
                    "the value for one index is made of the end of the series, so that it changes with every new bar"
                            + " and a backtest on a whole series sees the future. Use the index that is asked for.");
        }
    }

    /** Whether an index is beyond the one that the method was called with, or beyond the end of the series. */
    private static boolean isLater(Expression index, Node place) {
        if (!(inner(index) instanceof BinaryExpr sum) || sum.getOperator() != BinaryExpr.Operator.PLUS) {
            return false;
        }
        OptionalLong right = Constants.of(sum.getRight());
        OptionalLong left = Constants.of(sum.getLeft());
        return right.isPresent() && right.getAsLong() > 0 && isNow(sum.getLeft(), place)
                || left.isPresent() && left.getAsLong() > 0 && isNow(sum.getRight(), place);
    }

    private static boolean isNow(Expression index, Node place) {
        Expression now = inner(index);
        if (now instanceof MethodCallExpr call) {
            return call.getNameAsString().equals("getEndIndex");
        }
        return now instanceof NameExpr name
                && method(place)
                        .filter(SourceHints::isForAnIndex)
                        .map(method -> method.getParameter(0).getNameAsString())
                        .filter(name.getNameAsString()::equals)
                        .isPresent();
    }

    private static boolean isForAnIndex(Node place) {
        return method(place).filter(SourceHints::isForAnIndex).isPresent();
    }

    private static boolean isForAnIndex(MethodDeclaration method) {
        return FOR_AN_INDEX.contains(method.getNameAsString())
                && !method.getParameters().isEmpty()
                && method.getParameter(0).getTypeAsString().equals("int");
    }

    private static Optional<MethodDeclaration> method(Node place) {
        Optional<Node> node = place.getParentNode();
        while (node.isPresent() && !(node.get() instanceof MethodDeclaration)) {
            node = node.get().getParentNode();
        }
        return node.map(MethodDeclaration.class::cast);
    }

    private static Expression inner(Expression expression) {
        Expression inner = expression;
        while (inner instanceof EnclosedExpr enclosed) {
            inner = enclosed.getInner();
        }
        return inner;
    }

    private void warn(String rule, Category category, Node node, String message) {
        Optional<Position> begin = node.getBegin();
        sink.warn(
                rule,
                category,
                begin.map(position -> position.line).orElse(0),
                begin.map(position -> position.column).orElse(0),
                message);
    }
}
