package io.strategysandbox.core;

import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.report.ValidationEntry;
import java.nio.file.Path;
import java.util.List;

/** The whole way of a strategy, from its directory to a verdict and metrics. */
@SuppressWarnings("DoNotCallSuggester")
public final class Sandbox implements AutoCloseable {

    private Sandbox() {}

    /**
     * Opens a sandbox: chooses the backend and makes it ready.
     *
     * @param config the configuration
     * @param listener hears warnings and progress
     * @return the sandbox; the caller must close it
     * @throws BackendException if the configured backend cannot be used; the message says why and one fix
     * @throws InterruptedException if the thread was interrupted
     */
    public static Sandbox open(SandboxConfig config, SandboxListener listener)
            throws BackendException, InterruptedException {
        throw new BackendException("not yet " + config + listener);
    }

    /**
     * Validates, compiles and backtests one strategy.
     *
     * @param directory the strategy directory
     * @param bars the bars
     * @return how it ended
     * @throws InterruptedException if the thread was interrupted
     */
    public BacktestResult backtest(Path directory, Bars bars) throws InterruptedException {
        throw new InterruptedException("not yet " + directory + bars.name());
    }

    /**
     * Takes a folder of strategies the whole way, several at a time, and writes the reports as each ends.
     *
     * @param request the folder
     * @return the report, as it was written
     * @throws java.io.UncheckedIOException if a report cannot be written
     * @throws InterruptedException if the thread was interrupted; reports then hold what had ended
     */
    public RunReport run(RunRequest request) throws InterruptedException {
        throw new InterruptedException("not yet " + request);
    }

    /**
     * Validates a folder of strategies without running any, and needs no backend.
     *
     * @param config the configuration
     * @param request the folder
     * @param listener hears progress
     * @return one entry for each strategy directory
     * @throws InterruptedException if the thread was interrupted
     */
    public static List<ValidationEntry> validate(SandboxConfig config, RunRequest request, SandboxListener listener)
            throws InterruptedException {
        throw new InterruptedException("not yet " + config + request + listener);
    }

    @Override
    public void close() throws BackendException {}
}
