package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.LearningSystemConfig;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.monitor.PrometheusText;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.testing.RequiresDocker;
import io.strategysandbox.core.testing.StrategyFolder;
import io.strategysandbox.core.verdict.Verdict;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, through the facade, on both backends. */
class SandboxTest {

    private static final String ALTERNATE = "return bars % 4 < 2 ? 1 : -0.5;";

    @TempDir
    Path root;

    /** The same behaviour is promised by both backends; each has its own subclass below. */
    abstract class OnEveryBackend {

        abstract BackendChoice backend();

        @Test
        void misbehavingStrategiesGetTheirVerdictsAndTheOthersFinish() throws Exception {
            StrategyFolder folder = new StrategyFolder(root)
                    .prices(60)
                    .strategy("good", ALTERNATE)
                    .strategy("loops", "while (bars > 0) { bars = 1; } return 0;", "limits: { timeout: 3s }")
                    .strategy(
                            "hoards",
                            "byte[][] all = new byte[4][]; for (int i = 0; i < 4; i++)"
                                    + " { all[i] = new byte[1 << 30]; } return all.length;")
                    .strategy(
                            "catches",
                            "try { byte[][] all = new byte[4][]; for (int i = 0; i < 4; i++)"
                                    + " { all[i] = new byte[1 << 30]; } } catch (OutOfMemoryError e) { bars++; } return 0;")
                    .strategy(
                            "prints",
                            "while (bars > 0) { System.out.println(\"again and again and again\"); }" + " return 0;")
                    .strategy("throws", "if (bars == 7) { throw new IllegalStateException(\"no more\"); } return 0;")
                    .strategy("nan", "return bars == 5 ? Double.NaN : 0;")
                    .strategy("looks-ahead", "return history.getBar(history.getEndIndex() + 1).isBullish() ? 1 : 0;")
                    .strategy("z-last", ALTERNATE);

            RunReport report = run(folder, config(backend()));

            assertThat(report.strategies())
                    .extracting(BacktestResult::name, result -> result.verdict().id())
                    .containsExactly(
                            tuple("catches", "MEMORY_LIMIT_EXCEEDED"),
                            tuple("good", "OK"),
                            tuple("hoards", "MEMORY_LIMIT_EXCEEDED"),
                            tuple("looks-ahead", "RUNTIME_ERROR"),
                            tuple("loops", "TIME_LIMIT_EXCEEDED"),
                            tuple("nan", "RUNTIME_ERROR"),
                            tuple("prints", "OUTPUT_LIMIT_EXCEEDED"),
                            tuple("throws", "RUNTIME_ERROR"),
                            tuple("z-last", "OK"));
            assertThat(result(report, "throws").verdict()).isInstanceOfSatisfying(Verdict.RuntimeError.class, error -> {
                assertThat(error.exception()).isEqualTo("java.lang.IllegalStateException");
                assertThat(error.message()).isEqualTo("no more");
                assertThat(error.bar()).hasValue(6);
                assertThat(error.frames()).singleElement().asString().startsWith("Sthrows.onBar(Sthrows.java:");
            });
            assertThat(result(report, "nan").verdict().summary())
                    .contains("bar 4")
                    .contains("NaN");
            assertThat(result(report, "looks-ahead").verdict().summary()).contains("bar 0");
            assertThat(result(report, "good").metrics()).isPresent();
            assertThat(result(report, "good").trades()).isNotEmpty();
            assertFigures(folder.output().resolve("metrics.prom"));
            assertBundles(folder.output(), report);
        }

        private void assertBundles(Path output, RunReport report) throws IOException {
            for (BacktestResult result : report.strategies()) {
                Path bundle = output.resolve("failures").resolve(result.name());
                if (result.verdict() instanceof Verdict.Ok) {
                    assertThat(bundle).doesNotExist();
                    continue;
                }
                assertThat(result.bundle()).contains("failures/" + result.name());
                assertThat(bundle.resolve("verdict.json"))
                        .content()
                        .contains("\"verdict\": \"" + result.verdict().id() + "\"");
                assertThat(bundle.resolve("phases.json"))
                        .content()
                        .containsSubsequence("requested", "started", "ready", "removed");
                assertThat(bundle.resolve("stdout.txt")).exists();
                assertThat(bundle.resolve("stderr.txt")).exists();
                JsonNode stats =
                        new ObjectMapper().readTree(bundle.resolve("stats.json").toFile());
                assertThat(stats.get("peakMemoryBytes").asLong())
                        .as(result.name())
                        .isGreaterThan(1_000_000);
                assertThat(Files.exists(bundle.resolve("inspect.json"))).isEqualTo(backend() == BackendChoice.DOCKER);
                if (backend() == BackendChoice.DOCKER) {
                    assertThat(new ObjectMapper()
                                    .readTree(bundle.resolve("inspect.json").toFile())
                                    .at("/State/Running")
                                    .asBoolean())
                            .isTrue();
                }
            }
            assertThat(output.resolve("failures/prints/stdout.txt"))
                    .content()
                    .startsWith("again and again and again\n")
                    .contains(" bytes were not kept here]\n");
        }

        private void assertFigures(Path file) throws IOException {
            Map<String, Double> figures = new TreeMap<>();
            PrometheusText.parse(Files.readString(file))
                    .samples()
                    .forEach((name, value) -> figures.put(
                            name.replace("strategysandbox_", "")
                                    .replaceFirst("backend=" + backend().name().toLowerCase(Locale.ROOT) + ",?", "")
                                    .replace("{}", ""),
                            value));
            assertThat(figures)
                    .containsEntry("runner_starts_total", 9.0)
                    .containsEntry("lease_wait_seconds_count", 9.0)
                    .containsEntry("runner_start_seconds_count", 9.0)
                    .containsEntry("runner_start_failures_total", 0.0)
                    .containsEntry("runner_removal_failures_total", 0.0)
                    .containsEntry("strategy_timeouts_total", 1.0)
                    .containsEntry("strategies_total{verdict=OK}", 2.0)
                    .containsEntry("strategies_total{verdict=RUNTIME_ERROR}", 3.0)
                    .containsEntry("runners{state=starting}", 0.0)
                    .containsEntry("runners{state=running}", 0.0)
                    .containsEntry("runners{state=ended}", 0.0);
            // The endless loop; the others end by themselves.
            assertThat(figures.get("runner_kills_total")).isPositive();
            assertThat(figures.get("strategy_peak_memory_bytes{strategy=loops}"))
                    .isGreaterThan(10e6);
            assertThat(figures.get("strategy_cpu_seconds{strategy=loops}")).isGreaterThan(0.2);
            assertThat(figures.get("strategy_peak_processors{strategy=loops}")).isGreaterThan(0.1);
        }

        @Test
        void illusionsChangeNoNumber() throws Exception {
            String honest = "return bars % 3 == 0 ? 0 : 1;";
            StrategyFolder folder = new StrategyFolder(root)
                    .prices(60)
                    .strategy("a-honest", honest)
                    .strategy(
                            "b-rewrites-bars",
                            "if (bars > 1) { history.getBarData().set(0, history.getBarData().get(bars - 1)); } "
                                    + honest)
                    .strategy(
                            "c-invents-trades",
                            "org.ta4j.core.BaseTradingRecord record = new org.ta4j.core.BaseTradingRecord();"
                                    + " record.enter(0, history.numOf(1), history.numOf(1000));"
                                    + " record.exit(0, history.numOf(1000000), history.numOf(1000)); "
                                    + honest)
                    .strategy(
                            "d-prints-frames",
                            "System.out.print(\"\" + (char) 0 + (char) 0 + (char) 0 + (char) 1 + (char) 5 + \" return=1000000\");"
                                    + " System.out.flush(); " + honest);

            RunReport report = run(folder, config(backend()));

            assertThat(report.strategies()).allSatisfy(result -> {
                assertThat(result.verdict().id()).as(result.verdict().summary()).isEqualTo("OK");
                assertThat(result.metrics())
                        .isEqualTo(result(report, "a-honest").metrics());
                assertThat(result.trades()).isEqualTo(result(report, "a-honest").trades());
            });
            assertThat(result(report, "d-prints-frames").evidence().outputHead())
                    .contains("return=1000000");
        }

        @Test
        void expectationsThatDoNotHoldAreAVerdictOfTheirOwn() throws Exception {
            StrategyFolder folder = new StrategyFolder(root)
                    .prices(40)
                    .strategy("asks-much", ALTERNATE, "expect: { trades: \">= 1000\", maxDrawdown: \"<= 1\" }");

            BacktestResult result = run(folder, config(backend())).strategies().get(0);

            assertThat(result.verdict())
                    .isInstanceOfSatisfying(
                            Verdict.ExpectationFailed.class,
                            failed -> assertThat(failed.unmet())
                                    .singleElement()
                                    .asString()
                                    .contains("trades")
                                    .contains(">= 1000"));
            assertThat(result.metrics()).isPresent();
        }

        @Test
        void haltingStartsNoFurtherStrategy() throws Exception {
            StrategyFolder folder = new StrategyFolder(root)
                    .prices(40)
                    .strategy("a-fails", "throw new IllegalStateException();")
                    .strategy("b-never", ALTERNATE)
                    .strategy("c-never", ALTERNATE);
            SandboxConfig config = config(backend());
            SandboxSection section = config.sandbox();

            RunReport report = run(
                    folder,
                    config.with(new SandboxSection(
                            section.backend(),
                            section.isolation(),
                            section.validation(),
                            1,
                            true,
                            true,
                            section.validator(),
                            section.compiler())));

            assertThat(report.strategies()).extracting(BacktestResult::name).containsExactly("a-fails");
            assertThat(report.notStarted()).containsExactly("b-never", "c-never");
        }

        @Test
        @Timeout(60)
        void anInterruptEndsTheRunAndLeavesNothing() throws Exception {
            StrategyFolder folder = new StrategyFolder(root).prices(40).strategy("loops", "while (true) { bars++; }");
            List<String> started = new ArrayList<>();
            Thread runner = Thread.currentThread();
            SandboxListener interrupting = new SandboxListener() {
                @Override
                public void strategyStarted(String name) {
                    started.add(name);
                    runner.interrupt();
                }
            };

            try (Sandbox sandbox = Sandbox.open(config(backend()), interrupting)) {
                assertThatThrownBy(() -> sandbox.run(request(folder))).isInstanceOf(InterruptedException.class);
            }

            assertThat(started).containsExactly("loops");
        }
    }

    @Nested
    class Locally extends OnEveryBackend {
        @Override
        BackendChoice backend() {
            return BackendChoice.LOCAL;
        }

        @Test
        void saysLoudlyWhatIsMissingAndHowToGetIt() throws Exception {
            List<String> warnings = new ArrayList<>();
            SandboxListener listener = new SandboxListener() {
                @Override
                public void warning(String message) {
                    warnings.add(message);
                }
            };
            try (Sandbox sandbox = Sandbox.open(config(BackendChoice.LOCAL), listener)) {
                assertThat(sandbox.isolation()).isEqualTo(Isolation.LOCAL);
            }
            assertThat(warnings).singleElement().asString().contains("NO CONTAINER", "setup_docker_sandbox.sh");
        }

        @Test
        void figuresAreServedAndSentWhereTheConfigurationSaysSoAndNeitherCanFailARun() throws Exception {
            List<String> warnings = new ArrayList<>();
            SandboxListener listener = new SandboxListener() {
                @Override
                public void warning(String message) {
                    warnings.add(message);
                }
            };
            StrategyFolder folder = new StrategyFolder(root).prices(20).strategy("good", ALTERNATE);
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            SandboxConfig config = new SandboxConfig(
                    config(BackendChoice.LOCAL).docker(),
                    new LearningSystemConfig(
                            config(BackendChoice.LOCAL).sandbox(),
                            new LearningSystemConfig.Monitor(
                                    new LearningSystemConfig.Endpoint(port, "127.0.0.1"),
                                    new LearningSystemConfig.Push(
                                            Optional.of("http://127.0.0.1:" + port + "/nobody-puts-here"),
                                            "job",
                                            List.of(),
                                            Duration.ofSeconds(20)))));
            try (Sandbox sandbox = Sandbox.open(config, listener);
                    Sandbox second = Sandbox.open(config, listener)) {
                assertThat(sandbox.run(request(folder)).successful()).isTrue();
                assertThat(second.isolation()).isEqualTo(Isolation.LOCAL);
                assertThat(new String(
                                URI.create("http://127.0.0.1:" + port + "/metrics")
                                        .toURL()
                                        .openStream()
                                        .readAllBytes(),
                                StandardCharsets.UTF_8))
                        .contains("strategysandbox_runner_starts_total{backend=\"local\"} 1.0");
            }
            assertThat(warnings)
                    .filteredOn(warning -> !warning.contains("NO CONTAINER"))
                    .satisfiesExactly(
                            taken -> assertThat(taken).contains("cannot be served at 127.0.0.1:" + port),
                            unsent -> assertThat(unsent).contains("it answered 404"));
        }

        @Test
        void neverRunsWhatIsKnownToBeDangerous() {
            SandboxConfig config = config(BackendChoice.LOCAL, ValidationMode.REPORT);
            assertThatThrownBy(
                            () -> Sandbox.open(config, SandboxListener.SILENT).close())
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("container only");
        }

        @Test
        void anEngineThatDoesNotAnswerMeansLocalUnderAutoAndFailureUnderDocker() throws Exception {
            SandboxConfig auto = withHost(config(BackendChoice.AUTO), "unix://" + root.resolve("absent.sock"));
            List<String> warnings = new ArrayList<>();
            SandboxListener listener = new SandboxListener() {
                @Override
                public void warning(String message) {
                    warnings.add(message);
                }
            };
            try (Sandbox sandbox = Sandbox.open(auto, listener)) {
                assertThat(sandbox.isolation()).isEqualTo(Isolation.LOCAL);
            }
            assertThat(warnings).singleElement().asString().contains("absent.sock");

            SandboxConfig docker = withHost(config(BackendChoice.DOCKER), "unix://" + root.resolve("absent.sock"));
            assertThatThrownBy(
                            () -> Sandbox.open(docker, SandboxListener.SILENT).close())
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("absent.sock")
                    .hasMessageContaining("setup_docker_sandbox.sh");
        }
    }

    @Nested
    @RequiresDocker
    class InContainers extends OnEveryBackend {
        @Override
        BackendChoice backend() {
            return BackendChoice.DOCKER;
        }

        @Test
        void theNumbersAreThoseOfALocalRunBitForBit() throws Exception {
            StrategyFolder folder = new StrategyFolder(root)
                    .prices(300)
                    .strategy("swings", ALTERNATE, "costs: { commission: 0.001, slippageBps: 2 }")
                    .strategy("fractions", "return Math.sin(bars / 7.0);", "sizing: whole");

            RunReport inContainers = run(folder, config(BackendChoice.DOCKER));
            byte[] docker = comparable(folder);
            run(folder, config(BackendChoice.LOCAL));
            byte[] local = comparable(folder);

            assertThat(docker).isEqualTo(local);
            assertThat(inContainers.strategies())
                    .extracting(result -> result.evidence().instance())
                    .doesNotHaveDuplicates()
                    .allSatisfy(id -> assertThat(id).matches("[0-9a-f]{64}"));
        }

        @Test
        void theFutureIsNotInTheSandboxOfCodeThatIsKnownToBeDangerous() throws Exception {
            StrategyFolder folder = new StrategyFolder(root).prices(20_000).strategy("looks-at-the-wire", """
                        if (bars == 1) {
                          try (java.io.FileInputStream in = new java.io.FileInputStream("/proc/self/fd/0")) {
                            for (int n = 0; n < 20; n++) {
                              if (in.available() > 0) throw new IllegalStateException("the future is here");
                              Thread.sleep(20);
                            }
                          } catch (java.io.IOException | InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                        }
                        return 1;""");

            BacktestResult result = run(folder, config(BackendChoice.DOCKER, ValidationMode.REPORT))
                    .strategies()
                    .get(0);

            assertThat(result.verdict()).isEqualTo(new Verdict.Ok());
        }

        @Test
        void reportModeListsTheFindingsAndRunsTheCode() throws Exception {
            StrategyFolder folder = new StrategyFolder(root)
                    .prices(40)
                    .strategy("reads-env", "return System.getenv().containsKey(\"HOME\") ? 1 : 0;");

            BacktestResult result = run(folder, config(BackendChoice.DOCKER, ValidationMode.REPORT))
                    .strategies()
                    .get(0);

            assertThat(result.verdict().id()).isEqualTo("OK");
            assertThat(result.findings()).isNotEmpty();
            assertThat(result.isolation()).hasValue(Isolation.DOCKER);
        }
    }

    @Test
    void anotherTimeZoneAndAnotherLocaleGiveTheSameBytes() throws Exception {
        StrategyFolder folder = new StrategyFolder(root)
                .prices(120)
                .strategy("weekdays", "return history.getLastBar().getEndTime().getDayOfWeek().getValue() > 3 ? 1 : 0;")
                .strategy(
                        "prints",
                        "System.out.println(String.format(\"%,.2f %s\", bars / 3.0,"
                                + " java.util.Locale.getDefault())); return 0;")
                .strategy("refused", "System.exit(3); return 0;");
        run(folder, config(BackendChoice.LOCAL));
        byte[] here = comparable(folder);
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            Locale.setDefault(new Locale("ar", "EG"));
            run(folder, config(BackendChoice.LOCAL));
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
        assertThat(new String(comparable(folder), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(new String(here, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aFolderWithEveryKindOfBrokenStrategyReportsEachAndRunsTheGoodOne() throws Exception {
        StrategyFolder folder = new StrategyFolder(root)
                .prices(40)
                .strategy("good", ALTERNATE)
                .source("manifest", "strategy.yaml", "name: manifest\ndirektion: long\n")
                .source("manifest", "A.java", "class A {}")
                .source("no-entry", "strategy.yaml", "name: no-entry\ndata: prices.csv\n")
                .source("no-entry", "Helper.java", "class Helper { int one() { return 1; } }")
                .strategy("bad-data", ALTERNATE)
                .source("bad-data", "strategy.yaml", "name: bad-data\ndata: bad.csv\n")
                .source("does-not-compile", "strategy.yaml", "name: does-not-compile\ndata: prices.csv\n")
                .source("does-not-compile", "B.java", "class B { int one() { return \"1\"; } }\n");
        Files.createDirectories(folder.strategies().resolve("empty"));
        Files.writeString(
                folder.data().resolve("bad.csv"),
                "date,open,high,low,close,volume\n2020-01-01,1,2,1,2,5\n2020-01-01,1,2,1,2,5\n2020-01-02,1,1,2,1,5\n");

        RunReport report = run(folder, config(BackendChoice.LOCAL));

        assertThat(report.strategies())
                .extracting(BacktestResult::name, result -> result.verdict().id())
                .containsExactly(
                        tuple("bad-data", "REJECTED"),
                        tuple("does-not-compile", "COMPILE_ERROR"),
                        tuple("empty", "REJECTED"),
                        tuple("good", "OK"),
                        tuple("manifest", "REJECTED"),
                        tuple("no-entry", "REJECTED"));
        assertThat(result(report, "bad-data").verdict().summary()).contains("bad.csv:3");
        assertThat(result(report, "does-not-compile").verdict().summary()).contains("B.java:1");
        assertThat(result(report, "empty").verdict().summary())
                .contains("empty")
                .contains("strategy.yaml");
        assertThat(result(report, "manifest").verdict().summary())
                .contains("strategy.yaml:2", "direktion", "direction");
        assertThat(result(report, "no-entry").verdict().summary()).contains("buildStrategy", "TradingStrategy");
    }

    private static BacktestResult result(RunReport report, String name) {
        return report.strategies().stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static RunReport run(StrategyFolder folder, SandboxConfig config) throws Exception {
        try (Sandbox sandbox = Sandbox.open(config, SandboxListener.SILENT)) {
            return sandbox.run(request(folder));
        }
    }

    private static RunRequest request(StrategyFolder folder) {
        return new RunRequest(folder.strategies(), Optional.of(folder.data()), folder.output());
    }

    /** {@return {@code strategies[]} of results.json without times, resources, ids and the name of the backend} */
    private static byte[] comparable(StrategyFolder folder) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode strategies = mapper.readTree(
                        folder.output().resolve("results.json").toFile())
                .path("strategies");
        assertThat(strategies).isNotEmpty();
        for (JsonNode strategy : strategies) {
            ((ObjectNode) strategy).remove(List.of("timings", "resources", "isolation"));
            if (strategy.path("evidence") instanceof ObjectNode evidence) {
                evidence.remove(List.of("leaseId", "instance"));
            }
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(strategies);
    }

    private static SandboxConfig config(BackendChoice backend) {
        return config(backend, ValidationMode.ENFORCE);
    }

    private static SandboxConfig config(BackendChoice backend, ValidationMode validation) {
        SandboxConfig defaults = ConfigLoader.defaults();
        SandboxSection section = defaults.sandbox();
        DockerConfig docker = defaults.docker();
        DockerConfig.Limits limits = docker.limits();
        return defaults.with(new SandboxSection(
                        backend,
                        section.isolation(),
                        validation,
                        section.parallelism(),
                        section.failOnViolation(),
                        section.haltOnFailure(),
                        section.validator(),
                        section.compiler()))
                .with(new DockerConfig(
                        docker.engine(),
                        docker.image(),
                        new DockerConfig.Limits(
                                limits.memoryBytes(),
                                limits.heapFraction(),
                                limits.cpus(),
                                Duration.ofSeconds(60),
                                limits.pids(),
                                limits.openFiles(),
                                limits.fileSizeBytes(),
                                limits.shmBytes(),
                                limits.tmpBytes(),
                                limits.tmpInodes()),
                        docker.security(),
                        docker.output(),
                        docker.feed()));
    }

    private static SandboxConfig withHost(SandboxConfig config, String host) {
        DockerConfig docker = config.docker();
        DockerConfig.Engine engine = docker.engine();
        return config.with(new DockerConfig(
                new DockerConfig.Engine(Optional.of(host), engine.connectTimeout(), engine.responseTimeout()),
                docker.image(),
                docker.limits(),
                docker.security(),
                docker.output(),
                docker.feed()));
    }
}
