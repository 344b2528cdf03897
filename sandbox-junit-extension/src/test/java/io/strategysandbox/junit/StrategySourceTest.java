package io.strategysandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.strategy.Candidate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;

/** Strategies as arguments. */
class StrategySourceTest {

    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    @SandboxTest
    static class Case {
        @ParameterizedTest
        @StrategySource("src/test/simple-strategies")
        void strategy(SandboxedStrategy strategy, Sandbox sandbox) throws InterruptedException {
            SEEN.add(strategy + " " + strategy.backtest(sandbox).verdict().id());
        }

        @ParameterizedTest
        @StrategySource("src/test/simple-strategies")
        void directory(Path directory) {
            SEEN.add("directory " + directory.getFileName());
        }

        @ParameterizedTest
        @StrategySource("src/test/simple-strategies")
        void candidate(Candidate candidate) {
            SEEN.add("candidate " + candidate.name());
        }
    }

    @Test
    void eachStrategyIsAnInvocationWithItsName() {
        SEEN.clear();

        EngineExecutionResults results = Kit.run(Kit.LOCAL, Case.class);

        assertThat(Kit.failures(results)).isEmpty();
        assertThat(SEEN)
                .contains("follower OK", "exits REJECTED", "boom RUNTIME_ERROR", "dawdler OK")
                .contains("directory follower", "candidate boom")
                .hasSize(12);
        assertThat(results.testEvents().started().stream().map(Event::getTestDescriptor))
                .anySatisfy(test -> assertThat(test.getDisplayName()).contains("follower"));
    }

    static class SettingCase {
        @ParameterizedTest
        @StrategySource
        void strategy(SandboxedStrategy strategy) {
            SEEN.add(strategy.name());
        }
    }

    @Test
    void theFolderMayBeAParameterOfTheRun() {
        SEEN.clear();

        assertThat(Kit.failures(Kit.run(Map.of("sandbox.strategies", "src/test/simple-strategies"), SettingCase.class)))
                .isEmpty();

        assertThat(SEEN).containsExactlyInAnyOrder("boom", "dawdler", "exits", "follower");
    }

    @Test
    void aDirectoryThatCannotBeReadIsFedAsWell() throws Exception {
        SEEN.clear();
        Files.createDirectory(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken").resolve("strategy.yaml"), "nme: x\n");

        Kit.run(Map.of("sandbox.strategies", folder.toString()), SettingCase.class);

        assertThat(SEEN).containsExactly("broken");
    }

    @Test
    void anEmptyFolderAndOneThatIsNotThereFail() {
        assertThat(Kit.failures(Kit.run(Map.of("sandbox.strategies", folder.toString()), SettingCase.class)))
                .singleElement()
                .asString()
                .contains("there are no strategies below " + folder);
        assertThat(Kit.failures(Kit.run(Map.of("sandbox.strategies", folder + "/none"), SettingCase.class)))
                .singleElement()
                .asString()
                .contains("there is no folder " + folder + "/none, which sandbox.strategies names");
    }

    static class WrongTypeCase {
        @ParameterizedTest
        @StrategySource("src/test/simple-strategies")
        void number(int number) {}
    }

    @Test
    void aParameterOfAnotherTypeIsRefused() {
        assertThat(Kit.failures(Kit.run(Kit.LOCAL, WrongTypeCase.class)))
                .singleElement()
                .asString()
                .contains("the first parameter must be a SandboxedStrategy, a Path or a Candidate");
    }
}
