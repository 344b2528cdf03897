package io.strategysandbox.junit.engine;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.report.ResultText;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What became of a strategy: all its tests report from it. */
sealed interface Taken {

    /** {@return what refuses it, a line each; empty if nothing does} */
    List<String> refusals();

    /** {@return why it was not even tried; empty if it ran} */
    Optional<String> notRun();

    /**
     * A directory that cannot be used.
     *
     * @param candidate the directory
     */
    record Broken(Candidate.Broken candidate) implements Taken {
        @Override
        public List<String> refusals() {
            return ResultText.refusals(candidate);
        }

        @Override
        public Optional<String> notRun() {
            return Optional.of("its directory cannot be used: " + refusals().get(0));
        }
    }

    /**
     * A strategy that was taken the way.
     *
     * @param result how it ended
     * @param details where all that is known about it was written, if it was
     */
    record Ended(BacktestResult result, Optional<Path> details) implements Taken {
        @Override
        public List<String> refusals() {
            return ResultText.refusals(result);
        }

        @Override
        public Optional<String> notRun() {
            boolean refused =
                    result.verdict() instanceof Verdict.Rejected || result.verdict() instanceof Verdict.CompileError;
            return refused ? Optional.of(ResultText.headline(result)) : Optional.empty();
        }
    }
}
