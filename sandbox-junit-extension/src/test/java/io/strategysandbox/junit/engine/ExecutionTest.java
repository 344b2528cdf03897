package io.strategysandbox.junit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import io.strategysandbox.junit.EnabledIfDockerAvailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EventType;

/** Each way a strategy can end, as tests that pass, fail or are aborted for the reason that they should be. */
@EnabledIfDockerAvailable
@Tag("docker")
class ExecutionTest {

    @TempDir
    static Path output;

    static Outcomes all;

    @BeforeAll
    static void runAll() {
        all = new Outcomes(Strategies.select(selectDirectory(Strategies.FOLDER.toFile()))
                .outputDirectoryCreator(new Below(output))
                .execute());
    }

    /** Output as the launcher keeps it: a folder for each node. */
    private record Below(Path root) implements OutputDirectoryCreator {
        @Override
        public Path getRootDirectory() {
            return root;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createDirectories(
                    root.resolve(test.getUniqueId().getLastSegment().getValue()));
        }
    }

    private static UniqueId test(String strategy, String name) {
        return Strategies.strategy(strategy).append("test", name);
    }

    private static UniqueId expect(String strategy, String metric) {
        return Strategies.strategy(strategy).append("expect", metric);
    }

    @Test
    void aStrategyThatDoesWhatItExpectsPassesEveryTest() {
        for (UniqueId id : List.of(
                test("trader", "validate"),
                test("trader", "backtest"),
                expect("trader", "trades"),
                expect("trader", "maxDrawdown"),
                Strategies.strategy("trader"))) {
            assertThat(all.status(id)).as("%s: %s", id, all.message(id)).isEqualTo(Status.SUCCESSFUL);
        }
    }

    @Test
    void anUnmetExpectationFailsItsTestAndNoOther() {
        assertThat(all.status(expect("group/hopeful", "trades"))).isEqualTo(Status.FAILED);
        assertThat(all.message(expect("group/hopeful", "trades"))).matches("trades is \\d+, expected > 1000");
        assertThat(all.status(expect("group/hopeful", "exposure"))).isEqualTo(Status.SUCCESSFUL);
        assertThat(all.status(test("group/hopeful", "validate"))).isEqualTo(Status.SUCCESSFUL);
        assertThat(all.status(test("group/hopeful", "backtest"))).isEqualTo(Status.SUCCESSFUL);
        assertThat(all.status(Strategies.strategy("group/hopeful"))).isEqualTo(Status.SUCCESSFUL);
    }

    @Test
    void aRefusedStrategyFailsValidateAloneWithFileLineAndRule() {
        assertThat(all.status(test("exits", "validate"))).isEqualTo(Status.FAILED);
        assertThat(all.message(test("exits", "validate")))
                .startsWith("refused, for")
                .containsPattern("\n  exits/Exits\\.java:12: \\S+: ");
        assertThat(all.status(test("exits", "backtest"))).isEqualTo(Status.ABORTED);
        assertThat(all.message(test("exits", "backtest"))).startsWith("it was not backtested: REJECTED: Exits.java:12");
        assertThat(all.status(expect("exits", "trades"))).isEqualTo(Status.ABORTED);
    }

    @Test
    void whatDoesNotCompileFailsValidateWithTheCompilersWords() {
        assertThat(all.status(test("draft", "validate"))).isEqualTo(Status.FAILED);
        assertThat(all.message(test("draft", "validate"))).contains("draft/Draft.java:11: cannot find symbol");
        assertThat(all.status(test("draft", "backtest"))).isEqualTo(Status.ABORTED);
        assertThat(all.message(test("draft", "backtest"))).contains("COMPILE_ERROR");
    }

    @Test
    void missingDataFailsValidate() {
        assertThat(all.status(test("dataless", "validate"))).isEqualTo(Status.FAILED);
        assertThat(all.message(test("dataless", "validate")))
                .contains("no-such-file.csv")
                .contains("prices.csv");
        assertThat(all.status(test("dataless", "backtest"))).isEqualTo(Status.ABORTED);
    }

    @Test
    void aBrokenManifestFailsValidateAndTheOthersRun() {
        assertThat(all.status(test("misspelt", "validate"))).isEqualTo(Status.FAILED);
        assertThat(all.message(test("misspelt", "validate")))
                .contains("misspelt/strategy.yaml:5: manifest-invalid: cashh is not a known key");
        assertThat(all.status(test("misspelt", "backtest"))).isEqualTo(Status.ABORTED);
        assertThat(all.message(test("misspelt", "backtest"))).contains("its directory cannot be used");
    }

    @Test
    void aStrategyThatThrowsFailsBacktestWithTheEvidence() {
        assertThat(all.status(test("thrower", "validate"))).isEqualTo(Status.SUCCESSFUL);
        assertThat(all.status(test("thrower", "backtest"))).isEqualTo(Status.FAILED);
        assertThat(all.message(test("thrower", "backtest")))
                .startsWith("RUNTIME_ERROR: bar 4: java.lang.IllegalStateException: the fifth bar")
                .contains("Thrower.onBar(Thrower.java:13)")
                .contains("4 decisions")
                .contains("it printed:\nno fifth bar for me")
                .endsWith("all that is known about it: " + output.resolve("thrower/thrower"));
        assertThat(all.status(expect("thrower", "trades"))).isEqualTo(Status.ABORTED);
        assertThat(all.message(expect("thrower", "trades"))).contains("RUNTIME_ERROR");
    }

    @Test
    void theVerdictAndTheMainFiguresArePublished() {
        Map<String, String> trader = published("trader");
        assertThat(trader)
                .containsEntry("verdict", "OK")
                .containsEntry("isolation", "docker")
                .containsKeys("finalEquity", "return", "maxDrawdown", "trades");
        assertThat(published("thrower"))
                .containsEntry("verdict", "RUNTIME_ERROR")
                .doesNotContainKey("trades");
        assertThat(published("exits")).containsEntry("verdict", "REJECTED").containsEntry("isolation", "none");
    }

    private static Map<String, String> published(String strategy) {
        return all.of(EventType.REPORTING_ENTRY_PUBLISHED, Strategies.strategy(strategy)).stream()
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void allThatIsKnownIsPublishedAsFiles() {
        List<FileEntry> files = all.of(EventType.FILE_ENTRY_PUBLISHED, Strategies.strategy("thrower")).stream()
                .map(event -> event.getRequiredPayload(FileEntry.class))
                .toList();

        assertThat(files)
                .extracting(file -> file.getPath().getFileName().toString())
                .contains("verdict.json", "phases.json", "inspect.json", "stdout.txt");
        assertThat(output.resolve("thrower/thrower/stdout.txt")).content().contains("no fifth bar for me");
        assertThat(output.resolve("thrower/thrower/verdict.json")).content().contains("\"RUNTIME_ERROR\"");
        assertThat(output.resolve("thrower/thrower/inspect.json")).content().contains("\"Id\"");
        assertThat(output.resolve("trader/trader/verdict.json")).content().contains("\"trades\"");
    }

    @Test
    void oneTestIsRunAgainAloneByItsId() {
        EngineExecutionResults run = Strategies.select(selectUniqueId(expect("group/hopeful", "trades")))
                .execute();

        run.testEvents().assertStatistics(statistics -> statistics.started(1).failed(1));
        assertThat(new Outcomes(run).message(expect("group/hopeful", "trades")))
                .isEqualTo(all.message(expect("group/hopeful", "trades")));
    }

    @Test
    void dataIsWhatTheClassSaysUnlessTheRunSaysOtherwise() {
        UniqueId hopeful = Strategies.in(Marked.WithData.class, "hopeful").append("test", "validate");
        Outcomes named = new Outcomes(Strategies.select(selectUniqueId(hopeful)).execute());
        assertThat(named.status(hopeful)).as(named.message(hopeful)).isEqualTo(Status.SUCCESSFUL);

        UniqueId folder =
                Strategies.in(Strategies.FOLDER.resolve("group"), "hopeful").append("test", "validate");
        Outcomes none = new Outcomes(Strategies.select(selectUniqueId(folder)).execute());
        assertThat(none.message(folder)).contains("prices.csv");

        Outcomes set = new Outcomes(Strategies.select(selectUniqueId(folder))
                .configurationParameter("sandbox.data", Strategies.FOLDER.toString())
                .execute());
        assertThat(set.status(folder)).isEqualTo(Status.SUCCESSFUL);

        UniqueId nowhere = Strategies.in(Marked.WithoutItsData.class, "hopeful");
        Outcomes missing = new Outcomes(
                Strategies.select(selectClass(Marked.WithoutItsData.class)).execute());
        assertThat(missing.status(nowhere)).isEqualTo(Status.FAILED);
        assertThat(missing.message(nowhere)).contains("no-such-data").contains(Marked.WithoutItsData.class.getName());
    }

    @Test
    void aClassWithoutStrategiesFails() {
        for (Class<?> marker : List.of(Marked.Empty.class, Marked.Nowhere.class)) {
            UniqueId id = Strategies.ENGINE.append("class", marker.getName()).append("test", "strategies");
            Outcomes run = new Outcomes(Strategies.select(selectClass(marker)).execute());

            assertThat(run.status(id)).isEqualTo(Status.FAILED);
            assertThat(run.message(id)).contains(marker.getName());
        }
    }

    @Test
    void anEngineThatCannotBeUsedFailsTheStrategyAndSaysWhy(@TempDir Path config) throws IOException {
        Files.writeString(config.resolve("docker_config.yaml"), "engine: { host: unix:///no/such/engine.sock }\n");
        UniqueId trader = Strategies.strategy("trader");
        Outcomes run = new Outcomes(Strategies.select(selectUniqueId(trader))
                .configurationParameter("sandbox.config", config.toString())
                .execute());

        assertThat(run.status(trader)).isEqualTo(Status.FAILED);
        assertThat(run.message(trader)).contains("/no/such/engine.sock");
    }

    @Test
    void aSettingThatCannotBeUsedIsNamed() {
        Outcomes run = new Outcomes(Strategies.select(selectDirectory(Strategies.FOLDER.toFile()))
                .configurationParameter("sandbox.parallelism", "many")
                .execute());

        assertThat(run.status(Strategies.ENGINE)).isEqualTo(Status.FAILED);
        assertThat(run.failure(Strategies.ENGINE))
                .hasRootCauseMessage("sandbox.parallelism is 'many'; it must be a whole number, 0 (automatic) or more");
    }

    @Test
    void strategiesRunBesideEachOtherUnlessToldOtherwise() {
        UniqueId trader = Strategies.strategy("trader");
        UniqueId hopeful = Strategies.strategy("group/hopeful");

        List<String> two = new Outcomes(Strategies.select(selectUniqueId(trader), selectUniqueId(hopeful))
                        .configurationParameter("sandbox.parallelism", "2")
                        .execute())
                .strategyEvents();
        assertThat(two.subList(0, 2)).containsExactlyInAnyOrder("STARTED trader", "STARTED group/hopeful");

        List<String> one = new Outcomes(Strategies.select(selectUniqueId(trader), selectUniqueId(hopeful))
                        .configurationParameter("sandbox.parallelism", "1")
                        .execute())
                .strategyEvents();
        assertThat(one)
                .containsExactly(
                        "STARTED trader", "FINISHED trader", "STARTED group/hopeful", "FINISHED group/hopeful");
    }

    @Test
    void whereFindingsAreOnlyReportedTheCodeRunsAndValidateStillSaysNo() {
        Outcomes run = new Outcomes(Strategies.select(selectUniqueId(Strategies.strategy("exits")))
                .configurationParameter("sandbox.validation", "report")
                .execute());

        assertThat(run.status(test("exits", "validate"))).isEqualTo(Status.FAILED);
        assertThat(run.message(test("exits", "validate"))).contains("exits/Exits.java:12");
        assertThat(run.status(test("exits", "backtest"))).isEqualTo(Status.FAILED);
        assertThat(run.message(test("exits", "backtest"))).startsWith("RUNTIME_ERROR");
    }

    /** Surefire, for one, puts whatever ends into the report of the class that began last. */
    @Test
    void classesRunOneAfterAnotherAllTheSame() {
        List<String> events = new Outcomes(
                        Strategies.select(selectClass(Marked.One.class), selectClass(Marked.WithData.class))
                                .configurationParameter("sandbox.parallelism", "2")
                                .execute())
                .strategyEvents();

        assertThat(events).containsExactly("STARTED trader", "FINISHED trader", "STARTED hopeful", "FINISHED hopeful");
    }

    @Test
    void anInterruptedStrategyFailsAndLeavesNothing() throws Exception {
        UniqueId sleeper = Strategies.in(Strategies.SLOW_FOLDER, "a-sleeper");
        AtomicReference<Outcomes> run = new AtomicReference<>();
        Thread running = new Thread(() -> run.set(new Outcomes(Strategies.select(selectUniqueId(sleeper))
                .configurationParameter("sandbox.parallelism", "1")
                .execute())));
        running.start();
        while (Strategies.runners("a-sleeper").isEmpty()) {
            assertThat(running.isAlive()).isTrue();
            Thread.sleep(100);
        }
        running.interrupt();
        running.join(30_000);

        assertThat(running.isAlive()).isFalse();
        assertThat(run.get().status(sleeper)).isEqualTo(Status.FAILED);
        assertThat(run.get().failure(sleeper)).isInstanceOf(InterruptedException.class);
        assertThat(Strategies.runners("a-sleeper")).isEmpty();
    }
}
