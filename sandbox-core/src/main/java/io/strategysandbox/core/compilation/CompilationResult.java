package io.strategysandbox.core.compilation;

import io.strategysandbox.core.strategy.CompiledClasses;
import java.util.List;

/** How a compilation ended. */
public sealed interface CompilationResult {

    /**
     * Class files were made.
     *
     * @param classes the class files
     */
    record Compiled(CompiledClasses classes) implements CompilationResult {}

    /**
     * The compiler refused the sources, or had to be killed over them.
     *
     * @param messages why, at least one
     */
    record Failed(List<CompilerMessage> messages) implements CompilationResult {
        /** Copies the list. */
        public Failed {
            messages = List.copyOf(messages);
        }
    }
}
