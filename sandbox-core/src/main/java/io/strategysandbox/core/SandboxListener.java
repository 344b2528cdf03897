package io.strategysandbox.core;

import io.strategysandbox.core.backtest.BacktestResult;
import java.util.List;

/** Hears how a run goes. Calls come from several threads, one at a time. All methods do nothing unless overridden. */
public interface SandboxListener {

    /** Hears nothing. */
    SandboxListener SILENT = new SandboxListener() {};

    /**
     * Something a person must know, such as that nothing isolates the strategies.
     *
     * @param message what, why, and what to do
     */
    default void warning(String message) {}

    /**
     * Something that takes long begins, such as building the image.
     *
     * @param message what
     */
    default void progress(String message) {}

    /**
     * The run begins.
     *
     * @param names the strategies' names, in the order of the report
     */
    default void runStarted(List<String> names) {}

    /**
     * A strategy's way begins.
     *
     * @param name the strategy's name
     */
    default void strategyStarted(String name) {}

    /**
     * A strategy's way ended.
     *
     * @param result everything about it
     */
    default void strategyFinished(BacktestResult result) {}
}
