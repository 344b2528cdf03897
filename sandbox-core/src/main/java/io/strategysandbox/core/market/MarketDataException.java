package io.strategysandbox.core.market;

import io.strategysandbox.core.strategy.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Data that no backtest should be built on. */
public final class MarketDataException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * With the problems.
     *
     * @param problems what is wrong, at least one, with file, line, value and a fix
     */
    public MarketDataException(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> problem.path() + ":" + problem.line() + ": " + problem.message())
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** {@return what is wrong, at least one} */
    public List<Problem> problems() {
        return problems;
    }
}
