package io.strategysandbox.core.strategy;

import java.util.List;

/** What discovery makes of a folder: a strategy that can go on, or the reasons why not. */
public sealed interface Candidate {

    /** {@return the name to report it under: the manifest's, or the directory's where there is none} */
    String name();

    /** {@return the directory relative to the folder that was searched, with '/' between names} */
    String directory();

    /**
     * A strategy that was read completely.
     *
     * @param strategy the strategy
     */
    record Loaded(StrategyDirectory strategy) implements Candidate {
        @Override
        public String name() {
            return strategy.name();
        }

        @Override
        public String directory() {
            return strategy.directory();
        }
    }

    /**
     * A directory that cannot be used.
     *
     * @param name the name to report it under
     * @param directory the directory relative to the folder that was searched
     * @param problems why, at least one
     */
    record Broken(String name, String directory, List<Problem> problems) implements Candidate {
        /** Copies the list. */
        public Broken {
            problems = List.copyOf(problems);
        }
    }
}
