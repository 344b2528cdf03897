package io.strategysandbox.core.backend.local;

import static io.strategysandbox.core.backend.StrategyCode.bars;
import static io.strategysandbox.core.backend.StrategyCode.job;
import static io.strategysandbox.core.backend.StrategyCode.onBar;
import static io.strategysandbox.core.backend.StrategyCode.targets;
import static io.strategysandbox.core.backend.StrategyCode.waves;
import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backend.Decisions;
import io.strategysandbox.core.backend.Job;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Output;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.strategy.Manifest.Direction;
import io.strategysandbox.core.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner from end to end, as a child process: what honest and hostile strategies come to. */
class LocalRunTest {

    private static final long MIB = 1024 * 1024;

    static final Output OUTPUT = new Output(1024, MIB);

    private static final Duration LONG = Duration.ofSeconds(60);

    private static LocalExecutor executor;

    @TempDir
    private Path scratch;

    @BeforeAll
    static void open() throws Exception {
        executor = LocalExecutor.open(config());
    }

    @AfterAll
    static void close() throws Exception {
        executor.close();
    }

    static DockerConfig config() {
        return new DockerConfig(
                new DockerConfig.Engine(Optional.empty(), LONG, LONG),
                new DockerConfig.Image("none", Optional.empty(), Optional.empty(), List.of()),
                new DockerConfig.Limits(256 * MIB, 0.5, 0.5, LONG, 64, 256, 16 * MIB, MIB, MIB, 100),
                new DockerConfig.Security(1000, 1000, Optional.empty(), Optional.empty()),
                OUTPUT,
                new Feed(4096));
    }

    private static RunOutcome run(Job job, Bars bars, int window, Duration timeout, Output output) throws Exception {
        try (Lease lease = executor.lease(new LeaseRequest("test", LONG))) {
            return new RunnerSession(new Feed(window), output).run(lease, job, bars, timeout);
        }
    }

    private static RunOutcome run(Job job, Bars bars) throws Exception {
        return run(job, bars, 4096, LONG, OUTPUT);
    }

    private static Verdict.RuntimeError runtimeError(RunOutcome outcome) {
        assertThat(outcome.verdict()).isInstanceOf(Verdict.RuntimeError.class);
        return (Verdict.RuntimeError) outcome.verdict();
    }

    private static void assertOk(RunOutcome outcome) {
        assertThat(outcome.verdict()).as("%s", outcome.evidence()).isEqualTo(new Verdict.Ok());
    }

    private Job crossover() {
        return job(scratch, """
                public class S {
                  public static Strategy buildStrategy(BarSeries s, Parameters p) {
                    ClosePriceIndicator c = new ClosePriceIndicator(s);
                    SMAIndicator fast = new SMAIndicator(c, p.getInt("fast"));
                    EMAIndicator slow = new EMAIndicator(c, p.getInt("slow"));
                    return new BaseStrategy(
                        new CrossedUpIndicatorRule(fast, slow),
                        new CrossedDownIndicatorRule(fast, slow).or(new StopLossRule(c, 2)), 12);
                  }
                }""", Direction.LONG, Map.of("fast", 3, "slow", 9));
    }

    @Test
    void lockstepAndWindowsDecideTheSameBitForBit() throws Exception {
        Bars bars = waves(700);
        RunOutcome windowed = run(crossover(), bars);
        RunOutcome lockstep = run(crossover(), bars, 1, LONG, OUTPUT);
        RunOutcome between = run(crossover(), bars, 7, LONG, OUTPUT);
        assertOk(windowed);
        assertThat(windowed.decisions().size()).isEqualTo(700);
        assertThat(windowed.decisions().toString()).contains("1.0").contains("0.0");
        assertOk(lockstep);
        assertThat(lockstep.decisions()).isEqualTo(windowed.decisions());
        assertThat(between.decisions()).isEqualTo(windowed.decisions());
        assertThat(windowed.evidence().lastFrame()).isEqualTo("DONE");
        assertThat(windowed.evidence().runnerErrors()).isEmpty();
        assertThat(windowed.evidence().notes())
                .isEqualTo(lockstep.evidence().notes())
                .isEmpty();
        assertThat(windowed.resources().exitCode()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void aStopLossSeesTheEntryAtTheNextOpen() throws Exception {
        Job job = job(scratch, """
                public class S {
                  public static Strategy buildStrategy(BarSeries s) {
                    return new BaseStrategy(new FixedRule(0), new StopLossRule(new ClosePriceIndicator(s), 10));
                  }
                }""");
        // Bought at 200, the open after the signal. 181 is above 200 less 10 %, 179 below it; counted from the close of
        // the signal's bar, 100, there would be no stop at all.
        Bars bars = bars(new double[][] {{100, 100}, {200, 190}, {190, 181}, {181, 179}, {179, 179}});
        RunOutcome outcome = run(job, bars);
        assertOk(outcome);
        assertThat(outcome.decisions()).isEqualTo(Decisions.of(1, 1, 1, 0, 0));
    }

    @Test
    void aShortStrategySells() throws Exception {
        Job job = job(scratch, """
                public class S {
                  public static Strategy buildStrategy(BarSeries s) {
                    return new BaseStrategy(new FixedRule(1), new WaitForRule(Trade.TradeType.SELL, 2));
                  }
                }""", Direction.SHORT, Map.of());
        RunOutcome outcome = run(job, waves(6));
        assertOk(outcome);
        // Signalled at 1, filled at 2; two bars later is 4.
        assertThat(outcome.decisions()).isEqualTo(Decisions.of(0, -1, -1, -1, 0, 0));
    }

    @Test
    void aParameterThatIsMissingIsNamed() throws Exception {
        Job job = targets(
                scratch,
                "final int n; public S(Parameters p) { n = p.getInt(\"fast\"); }"
                        + "public double onBar(BarSeries h) { return 0; }");
        Verdict.RuntimeError error = runtimeError(run(job, waves(3)));
        assertThat(error.exception()).isEqualTo("io.strategysandbox.api.ParameterException");
        assertThat(error.message()).contains("'fast' is missing");
        assertThat(error.bar()).isEmpty();
    }

    @Test
    void anExceptionComesWithTheStrategysOwnFrames() throws Exception {
        Job job = targets(scratch, """
                public double onBar(BarSeries h) { return h.getEndIndex() == 300 ? inner(h) : 0.5; }
                private double inner(BarSeries h) { throw new IllegalStateException("no\\u001b[31m luck"); }
                """);
        RunOutcome outcome = run(job, waves(400));
        Verdict.RuntimeError error = runtimeError(outcome);
        assertThat(error.exception()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.message()).isEqualTo("no\ufffd[31m luck");
        assertThat(error.frames()).containsExactly("S.inner(S.java:11)", "S.onBar(S.java:10)");
        assertThat(error.bar()).hasValue(300);
        assertThat(outcome.decisions().size()).isEqualTo(300);
    }

    @Test
    void theNextBarIsNotThere() throws Exception {
        Verdict.RuntimeError error = runtimeError(
                run(onBar(scratch, "if (i == 5) h.getBar(i + 1); if (yes()) return 0; return 1;"), waves(9)));
        assertThat(error.exception()).isEqualTo("java.lang.IndexOutOfBoundsException");
        assertThat(error.bar()).hasValue(5);
    }

    @Test
    void targetsThatAreNoneAreErrorsOfTheBar() throws Exception {
        for (String target : new String[] {"Double.NaN", "1.0000001", "Double.NEGATIVE_INFINITY"}) {
            Job job = onBar(scratch, "if (yes() && i == 2) return " + target + "; return 0;");
            Verdict.RuntimeError error = runtimeError(run(job, waves(4)));
            assertThat(error.message()).contains("outside [-1, 1]");
            assertThat(error.bar()).hasValue(2);
        }
    }

    @Test
    void recordsAndSeriesThatAreWrittenToChangeNoDecision() throws Exception {
        String rules = """
                    ClosePriceIndicator c = new ClosePriceIndicator(s);
                    Rule up = new CrossedUpIndicatorRule(new SMAIndicator(c, 3), new SMAIndicator(c, 9));
                    Rule out = new StopLossRule(c, 1).or(new CrossedDownIndicatorRule(c, new SMAIndicator(c, 5)));
                """;
        Job honest = job(
                scratch,
                "public class S { public static Strategy buildStrategy(BarSeries s) {" + rules
                        + "return new BaseStrategy(up, out); } }");
        Job hostile =
                job(scratch, "public class S { public static Strategy buildStrategy(BarSeries s) {" + rules + """
                    Rule meddle = new Rule() {
                      public boolean isSatisfied(int i, TradingRecord r) {
                        r.enter(i, s.numOf(0.01), s.numOf(1000000));
                        if (i % 3 == 0) r.getTrades().clear();
                        if (i % 7 == 0) { r.exit(i, s.numOf(9), s.numOf(1)); r.enter(i, s.numOf(9), s.numOf(1));
                          while (r.getTrades().size() > 1) r.getTrades().remove(0); }
                        if (i % 5 == 0) r.getCurrentPosition().operate(i, s.numOf(1), s.numOf(1));
                        if (i > 0) s.getBarData().set(0, s.getBar(0));
                        return false;
                      }
                    };
                    return new BaseStrategy(up.or(meddle), out.or(meddle));
                  }
                }""");
        RunOutcome expected = run(honest, waves(300));
        RunOutcome meddled = run(hostile, waves(300));
        assertOk(expected);
        assertOk(meddled);
        assertThat(expected.decisions().toString()).contains("1.0");
        assertThat(meddled.decisions()).isEqualTo(expected.decisions());
    }

    @Test
    void anEndlessLoopEndsAtTheDeadline() throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        Job job = onBar(scratch, "System.out.print(\"before\"); while (yes()) { i++; } return 0;");
        RunOutcome outcome = run(job, waves(3), 4096, timeout, OUTPUT);
        assertThat(outcome.verdict()).isEqualTo(new Verdict.TimeLimitExceeded(timeout));
        assertThat(outcome.evidence().deadlineExceeded()).isTrue();
        assertThat(outcome.evidence().outputHead()).isEqualTo("before");
    }

    @Test
    void tooMuchMemoryIsOneVerdictCaughtOrNot() throws Exception {
        String allocate =
                "List<byte[]> all = new ArrayList<>(); for (int k = 0; k < 64; k++) all.add(new byte[64 << 20]);";
        RunOutcome uncaught = run(onBar(scratch, allocate + "if (yes()) return 0; return 1;"), waves(3));
        RunOutcome caught = run(
                onBar(scratch, "try {" + allocate + "} catch (OutOfMemoryError e) { if (yes()) return 0; } return 0;"),
                waves(3));
        assertThat(uncaught.verdict().id()).as("%s", uncaught).isEqualTo("MEMORY_LIMIT_EXCEEDED");
        assertThat(caught.verdict().id()).as("%s", caught).isEqualTo("MEMORY_LIMIT_EXCEEDED");
        assertThat(caught.verdict().summary()).contains("Java heap space");
        RunOutcome direct = run(
                onBar(scratch, "java.nio.ByteBuffer.allocateDirect(1 << 30); if (yes()) return 0; return 1;"),
                waves(3));
        assertThat(direct.verdict().id()).as("%s", direct).isEqualTo("MEMORY_LIMIT_EXCEEDED");
    }

    @Test
    void endlessPrintingEndsAtTheLimit() throws Exception {
        for (String stream : new String[] {"System.out", "System.err"}) {
            RunOutcome outcome =
                    run(onBar(scratch, "while (yes()) " + stream + ".println(\"more \" + i++); return 0;"), waves(3));
            assertThat(outcome.verdict()).isEqualTo(new Verdict.OutputLimitExceeded(OUTPUT.limitBytes()));
            assertThat(outcome.evidence().outputHead())
                    .startsWith("more 0\nmore 1\n")
                    .hasSize(1024);
            assertThat(outcome.evidence().outputTail()).hasSize(1024);
        }
    }

    @Test
    void muchOutputBelowTheLimitIsCounted() throws Exception {
        Output large = new Output(4096, 80 * MIB);
        String print = "byte[] b = new byte[1 << 20]; Arrays.fill(b, (byte) 'x'); System.out.write(b); return 0;";
        RunOutcome outcome = run(onBar(scratch, print), waves(72), 4096, LONG, large);
        assertOk(outcome);
        assertThat(outcome.evidence().outputBytes()).isEqualTo(72 * MIB);
        assertThat(outcome.evidence().outputDroppedBytes()).isEqualTo(72 * MIB - 2 * 4096);
        RunOutcome beyond = run(onBar(scratch, print), waves(100), 4096, LONG, large);
        assertThat(beyond.verdict()).isEqualTo(new Verdict.OutputLimitExceeded(80 * MIB));
    }

    @Test
    void printingToTheRawErrorDescriptorIsLimitedToo() throws Exception {
        RunOutcome outcome = run(
                onBar(
                        scratch,
                        "FileOutputStream e = new FileOutputStream(FileDescriptor.err);"
                                + "while (yes()) e.write(new byte[8192]); return 0;"),
                waves(3));
        assertThat(outcome.verdict()).isEqualTo(new Verdict.OutputLimitExceeded(OUTPUT.limitBytes()));
    }

    @Test
    void leavingBeforeTheResultIsAnError() throws Exception {
        for (int code : new int[] {0, 3, 137}) {
            for (String leave : new String[] {"System.exit", "Runtime.getRuntime().halt"}) {
                Job job = onBar(scratch, "if (yes() && i == 1) " + leave + "(" + code + "); return 0;");
                RunOutcome outcome = run(job, waves(3));
                assertThat(runtimeError(outcome).message())
                        .isEqualTo("the process ended before the result, exit code " + code);
                assertThat(outcome.resources().exitCode()).isEqualTo(OptionalInt.of(code));
            }
        }
    }

    @Test
    void bytesOfItsOwnOnStandardOutputAreAViolation() throws Exception {
        String raw = "FileOutputStream o = new FileOutputStream(FileDescriptor.out);";
        String[] forgeries = {
            // DONE for three bars, with a made-up tag
            "o.write(new byte[] {0, 0, 0, 4, 6, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8});",
            // LOADED as it looks without tags
            "o.write(new byte[] {0, 0, 0, 0, 2});",
            "o.write(\"result: sharpe=99, and a lot more\\n\".getBytes());",
            "o.write(new byte[] {127, 0, 0, 0, 3});",
        };
        for (String forgery : forgeries) {
            RunOutcome outcome = run(onBar(scratch, raw + "if (yes() && i == 1) " + forgery + " return 0;"), waves(3));
            assertThat(outcome.verdict().id()).as(forgery).isEqualTo("SECURITY_VIOLATION");
        }
    }

    @Test
    void printedFramesAreJustOutput() throws Exception {
        Job job = onBar(
                scratch, "System.out.write(new byte[] {0, 0, 0, 4, 6, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8}); return 0;");
        RunOutcome outcome = run(job, waves(3));
        assertOk(outcome);
        assertThat(outcome.evidence().outputBytes()).isEqualTo(51);
    }

    @Test
    void aClosedOutputIsAnEndBeforeTheResult() throws Exception {
        Job job = onBar(scratch, "new FileOutputStream(FileDescriptor.out).close(); while (yes()) { i++; } return 0;");
        assertThat(runtimeError(run(job, waves(3))).message()).contains("its output ended before the result");
    }

    @Test
    void threadsAndHooksLeftBehindDoNotOutliveTheResult() throws Exception {
        Job job = onBar(scratch, """
                if (i == 0) {
                  new Thread(() -> { while (true) { } }).start();
                  Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));
                }
                if (yes()) Thread.currentThread().interrupt();
                return 0.25;""");
        long begun = System.nanoTime();
        RunOutcome outcome = run(job, waves(600));
        assertOk(outcome);
        assertThat(outcome.resources().exitCode()).isEqualTo(OptionalInt.of(0));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void deepRecursionIsAnError() throws Exception {
        Job job = targets(scratch, "public double onBar(BarSeries h) { return 1 + onBar(h); }");
        Verdict.RuntimeError error = runtimeError(run(job, waves(3)));
        assertThat(error.exception()).isEqualTo("java.lang.StackOverflowError");
        assertThat(error.frames()).hasSizeBetween(1, 32);
    }

    @Test
    void entryPointsThatAreNoneAreExplained() throws Exception {
        assertThat(runtimeError(run(job(scratch, "public class S { }"), waves(3)))
                        .message())
                .contains("class S has no entry point");
        assertThat(runtimeError(run(
                                targets(scratch, "public S(int n) { } public double onBar(BarSeries h) { return 0; }"),
                                waves(3)))
                        .message())
                .contains("no public constructor");
        Verdict.RuntimeError error = runtimeError(run(
                targets(
                        scratch,
                        "static int n = 1 / Integer.parseInt(\"0\"); public double onBar(BarSeries h) { return 0; }"),
                waves(3)));
        assertThat(error.exception()).isEqualTo("java.lang.ArithmeticException");
        assertThat(error.frames()).isNotEmpty();
    }

    @Test
    void theRunnersOwnClassesAreOutOfReach() throws Exception {
        for (String name :
                new String[] {"io.strategysandbox.runner.Main", "io.strategysandbox.protocol.Wire", "java.sql.Driver"
                }) {
            Job job = onBar(
                    scratch,
                    "try { Class.forName(\"" + name + "\"); return yes() ? 1 : 1; }"
                            + "catch (ClassNotFoundException e) { return 0; }");
            RunOutcome outcome = run(job, waves(2));
            assertOk(outcome);
            assertThat(outcome.decisions()).as(name).isEqualTo(Decisions.of(0, 0));
        }
    }

    @Test
    void theEnvironmentIsTheSameEverywhere() throws Exception {
        Job job = onBar(scratch, """
                if (i == 0 && yes()) System.out.print(TimeZone.getDefault().getID() + " " + Locale.getDefault() + " "
                    + java.nio.charset.Charset.defaultCharset() + " " + System.getenv() + " "
                    + String.format("%.1f", 1.5) + " " + new File(".").getCanonicalFile().list().length + " "
                    + h.getLastBar().getEndTime() + " " + h.getLastBar().getClosePrice());
                return 0;""");
        RunOutcome outcome = run(job, waves(2));
        assertOk(outcome);
        assertThat(outcome.evidence().outputHead()).isEqualTo("UTC en UTF-8 {} 1.5 0 2020-09-13T12:26:40Z 100.0");
    }
}
