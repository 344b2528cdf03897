package io.strategysandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxScope;
import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.verdict.Verdict;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What is injected, and what happens to a test that leaves something; in child processes, which need no engine. */
class SandboxExtensionTest {

    /** What the classes below leased. */
    private static final Queue<Lease> LEASED = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void forget() {
        LEASED.clear();
    }

    private static Lease lease(Backend backend) throws Exception {
        Lease lease = backend.lease(new LeaseRequest("follower", Duration.ofMinutes(5)));
        LEASED.add(lease);
        return lease;
    }

    private static void nothingIsLeft(int leased) {
        assertThat(LEASED).hasSize(leased);
        assertThat(LEASED)
                .allSatisfy(lease -> assertThat(ProcessHandle.of(Long.parseLong(lease.instance()))
                                .filter(ProcessHandle::isAlive))
                        .isEmpty());
    }

    @SandboxTest
    static class EverywhereCase {
        private final Sandbox ofConstructor;

        EverywhereCase(Sandbox sandbox) {
            ofConstructor = sandbox;
        }

        @BeforeAll
        static void beforeAll(Sandbox sandbox) throws InterruptedException {
            isUsable(sandbox);
        }

        private static void isUsable(Sandbox sandbox) throws InterruptedException {
            SandboxAssertions.assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars()))
                    .isOk();
        }

        @BeforeEach
        void beforeEach(Sandbox sandbox, SandboxScope scope) {
            assertThat(sandbox).isSameAs(ofConstructor).isSameAs(scope.sandbox());
        }

        @Test
        void test(Sandbox sandbox, Backend backend) throws Exception {
            isUsable(sandbox);
            lease(backend).close();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameterized(int number, Sandbox sandbox) {
            assertThat(sandbox).isSameAs(ofConstructor);
        }

        @RepeatedTest(2)
        void repeated(Sandbox sandbox) {
            assertThat(sandbox).isSameAs(ofConstructor);
        }

        @TestFactory
        Stream<DynamicTest> dynamic(Sandbox sandbox) {
            return Stream.of(dynamicTest("one", () -> isUsable(sandbox)));
        }

        @AfterEach
        void afterEach(Sandbox sandbox) {
            assertThat(sandbox).isSameAs(ofConstructor);
        }

        @AfterAll
        static void afterAll(SandboxScope scope) {
            assertThat(scope.open()).isEmpty();
        }

        @Nested
        class Inner {
            @SandboxTest
            void test(Sandbox sandbox) {
                assertThat(sandbox).isNotNull();
            }
        }
    }

    @Test
    void aSandboxIsInjectedEverywhere() {
        EngineExecutionResults results = Kit.run(Kit.LOCAL, EverywhereCase.class);

        assertThat(Kit.failures(results)).isEmpty();
        results.testEvents()
                .assertStatistics(statistics -> statistics.started(7).succeeded(7));
        assertThat(Kit.reported(results, SandboxExtension.ISOLATION)).contains("local");
    }

    static class LeakCase {
        @SandboxTest
        void leaks(Backend backend) throws Exception {
            lease(backend);
        }

        @SandboxTest
        void doesNot(Backend backend) throws Exception {
            lease(backend).close();
        }
    }

    @Test
    void aLeakFailsTheTestThatMadeItAndNoOther() {
        EngineExecutionResults results = Kit.run(Kit.LOCAL, LeakCase.class);

        results.testEvents().assertStatistics(statistics -> statistics.failed(1).succeeded(1));
        Lease leaked = LEASED.stream()
                .filter(lease -> Kit.failures(results).get(0).contains(lease.id()))
                .findAny()
                .orElseThrow();
        assertThat(Kit.failures(results))
                .singleElement()
                .asString()
                .contains("1 sandbox that leaks(Backend) leased was still there", "(" + leaked.instance() + ")")
                .contains("for follower, running, leased by thread")
                .contains("SandboxExtensionTest.java");
        nothingIsLeft(2);
    }

    static class LenientCase {
        @SandboxTest(cleanup = Cleanup.LENIENT)
        void leaks(Backend backend) throws Exception {
            lease(backend);
        }
    }

    @Test
    void aLeakMayBeToldOnly() {
        EngineExecutionResults results = Kit.run(Kit.LOCAL, LenientCase.class);

        assertThat(Kit.failures(results)).isEmpty();
        assertThat(Kit.reported(results, SandboxExtension.LEFT))
                .singleElement()
                .asString()
                .contains("1 sandbox that leaks(Backend) leased was still there");
        nothingIsLeft(1);
    }

    static class BackgroundCase {
        static volatile BacktestResult result;

        @SandboxTest
        void goesOn(Sandbox sandbox, SandboxScope scope) throws Exception {
            CountDownLatch ended = new CountDownLatch(1);
            Thread thread = new Thread(
                    () -> {
                        try {
                            result = sandbox.backtest(Kit.DAWDLER, Kit.bars());
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        } finally {
                            ended.countDown();
                        }
                    },
                    "in-the-background");
            thread.start();
            while (scope.open().isEmpty()) {
                assertThat(ended.getCount()).isNotZero();
                Thread.sleep(5);
            }
        }
    }

    @Test
    void whatGoesOnInTheBackgroundIsALeak() {
        EngineExecutionResults results = Kit.run(Kit.LOCAL, BackgroundCase.class);

        assertThat(Kit.failures(results))
                .singleElement()
                .asString()
                .contains("for dawdler", "leased by thread in-the-background at", "SandboxExtensionTest");
    }

    @SandboxTest
    static class ThrowingCase {
        static String where;

        private static void at(String place, Backend backend) throws Exception {
            if (place.equals(where)) {
                lease(backend);
                throw new IllegalStateException("thrown in " + place);
            }
        }

        ThrowingCase(Backend backend) throws Exception {
            at("constructor", backend);
        }

        @BeforeAll
        static void beforeAll(Backend backend) throws Exception {
            at("beforeAll", backend);
        }

        @BeforeEach
        void beforeEach(Backend backend) throws Exception {
            at("beforeEach", backend);
        }

        @Test
        void test(Backend backend) throws Exception {
            at("test", backend);
        }

        @AfterEach
        void afterEach(Backend backend) throws Exception {
            at("afterEach", backend);
        }

        @AfterAll
        static void afterAll(Backend backend) throws Exception {
            at("afterAll", backend);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constructor", "beforeAll", "beforeEach", "test", "afterEach", "afterAll"})
    void whatThrowsLeavesNothingAndIsToldWithTheLeak(String where) {
        ThrowingCase.where = where;

        EngineExecutionResults results = Kit.run(Kit.LOCAL, ThrowingCase.class);

        assertThat(Kit.failures(results))
                .singleElement()
                .asString()
                .contains(
                        "thrown in " + where,
                        "still there when it ended",
                        LEASED.element().id());
        nothingIsLeft(1);
    }

    @SandboxTest
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneInstanceCase {
        OneInstanceCase(Backend backend) throws Exception {
            lease(backend);
        }

        @Test
        void test() {}
    }

    @Test
    void whatAConstructorForAllTestsLeasesIsTheClasss() {
        EngineExecutionResults results = Kit.run(Kit.LOCAL, OneInstanceCase.class);

        results.testEvents().assertStatistics(statistics -> statistics.succeeded(1));
        assertThat(Kit.failures(results)).singleElement().asString().contains("OneInstanceCase leased was still there");
        nothingIsLeft(1);
    }

    @SandboxTest(timeout = "1s", memory = "128MiB")
    static class SettingsCase {
        static final Queue<String> VERDICTS = new ConcurrentLinkedQueue<>();

        @Test
        void ofTheClass(Sandbox sandbox) throws InterruptedException {
            VERDICTS.add("class "
                    + sandbox.backtest(Kit.DAWDLER, Kit.bars()).verdict().summary());
        }

        @SandboxTest(timeout = "700ms")
        void ofTheMethod(Sandbox sandbox) throws InterruptedException {
            VERDICTS.add("method "
                    + sandbox.backtest(Kit.DAWDLER, Kit.bars()).verdict().summary());
        }

        @Nested
        @SandboxTest(timeout = "600ms")
        class Inner {
            @Test
            void ofTheInnerClass(Sandbox sandbox) throws InterruptedException {
                VERDICTS.add("inner "
                        + sandbox.backtest(Kit.DAWDLER, Kit.bars()).verdict().summary());
            }
        }
    }

    @Test
    void theInnermostSettingHolds() {
        SettingsCase.VERDICTS.clear();

        assertThat(Kit.failures(Kit.run(Kit.LOCAL, SettingsCase.class))).isEmpty();

        assertThat(SettingsCase.VERDICTS)
                .containsExactlyInAnyOrder(
                        "class no result within 1000 ms",
                        "method no result within 700 ms",
                        "inner no result within 600 ms");
    }

    static class WrongCase {
        @SandboxTest(memory = "a lot")
        void memory(Sandbox sandbox) {}

        @SandboxTest(pids = 1)
        void pids(Sandbox sandbox) {}

        @SandboxTest(maxOverhead = -0.1)
        void overhead(Sandbox sandbox) {}

        @SandboxTest(cleanup = {Cleanup.STRICT, Cleanup.LENIENT})
        void cleanup(Sandbox sandbox) {}
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThat(Kit.failures(Kit.run(Kit.LOCAL, WrongCase.class)))
                .hasSize(4)
                .anySatisfy(words -> assertThat(words)
                        .contains("WrongCase.memory(", "limits.memory is 'a lot'; allowed is a size such as"))
                .anySatisfy(words -> assertThat(words).contains("limits.pids is '1'; allowed is"))
                .anySatisfy(words -> assertThat(words).contains("maxOverhead is -0.1; it must be a fraction"))
                .anySatisfy(words -> assertThat(words).contains("cleanup has 2 values; keep one"));
    }

    static class TwiceCase {
        @SandboxTest
        @RepeatedTest(1)
        void twice(Sandbox sandbox) {}
    }

    @Test
    void aMethodThatWouldRunTwiceIsRefused() {
        assertThat(Kit.failures(Kit.run(Kit.LOCAL, TwiceCase.class)))
                .hasSize(2)
                .allSatisfy(words -> assertThat(words).contains("put @SandboxTest on its class"));
    }

    @Test
    void aWrongParameterOfTheRunIsNamed() {
        assertThat(Kit.failures(Kit.run(Map.of("sandbox.backend", "cloud"), LeakCase.class)))
                .allSatisfy(words ->
                        assertThat(words).contains("sandbox.backend is 'cloud'; allowed are auto, docker, local"));
    }

    static class SelfClosingCase {
        @SandboxTest
        void closes(Sandbox sandbox) throws Exception {
            sandbox.close();
            assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars()).verdict())
                    .isInstanceOfSatisfying(
                            Verdict.InternalFailure.class,
                            failure -> assertThat(failure.summary()).contains("this sandbox is closed"));
        }

        @SandboxTest
        void isNotDisturbed(Sandbox sandbox) throws InterruptedException {
            SandboxAssertions.assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars()))
                    .isOk();
        }
    }

    @Test
    void whoClosesTheInjectedSandboxClosesNobodyElses() {
        assertThat(Kit.failures(Kit.run(Kit.LOCAL, SelfClosingCase.class))).isEmpty();
    }

    @Test
    void nothingOfTheRunIsLeft() {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();

        Kit.run(Kit.LOCAL, EverywhereCase.class);

        assertThat(ProcessHandle.current().children().filter(child -> !before.contains(child)))
                .isEmpty();
    }

    @SandboxTest(timeout = "500ms")
    abstract static class Base {
        @Test
        void ofTheBase(Sandbox sandbox) throws InterruptedException {
            isLate(sandbox, 500);
        }

        static void isLate(Sandbox sandbox, int millis) throws InterruptedException {
            assertThat(sandbox.backtest(Kit.DAWDLER, Kit.bars()).verdict().summary())
                    .isEqualTo("no result within " + millis + " ms");
        }
    }

    static class InheritingCase extends Base {
        @Test
        void ofTheClass(Sandbox sandbox) throws InterruptedException {
            isLate(sandbox, 500);
        }
    }

    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @SandboxTest(timeout = "400ms")
    @interface Hurried {}

    static class ComposedCase {
        @Hurried
        void composed(Sandbox sandbox) throws InterruptedException {
            Base.isLate(sandbox, 400);
        }
    }

    @SandboxTest(timeout = "300ms")
    interface Contract {
        @Test
        default void ofTheInterface(Sandbox sandbox) throws InterruptedException {
            Base.isLate(sandbox, 300);
        }
    }

    static class ImplementingCase implements Contract {}

    @SandboxTest(timeout = "350ms")
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class ParameterizedCase {
        private final Sandbox sandbox;

        ParameterizedCase(int number, Sandbox sandbox) {
            this.sandbox = sandbox;
        }

        @Test
        void ofTheClass() throws InterruptedException {
            Base.isLate(sandbox, 350);
        }
    }

    @Test
    void settingsAreInheritedAndComposed() {
        EngineExecutionResults results = Kit.run(
                Kit.LOCAL, InheritingCase.class, ComposedCase.class, ImplementingCase.class, ParameterizedCase.class);

        assertThat(Kit.failures(results)).isEmpty();
        results.testEvents().assertStatistics(statistics -> statistics.succeeded(6));
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class HoardingCase {
        static Backend kept;

        @SandboxTest
        void first(Backend backend) {
            kept = backend;
        }

        @SandboxTest
        void second() throws Exception {
            lease(kept);
        }
    }

    @Test
    void whatATestKeepsIsOfNoUseToTheNext() {
        assertThat(Kit.failures(Kit.run(Kit.LOCAL, HoardingCase.class)))
                .singleElement()
                .asString()
                .contains("no runner is leased for follower: this sandbox is closed");
        nothingIsLeft(0);
    }

    static class TimeoutCase {
        @SandboxTest
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
        void interrupted(Sandbox sandbox) throws InterruptedException {
            sandbox.backtest(Kit.DAWDLER, Kit.bars());
        }

        @SandboxTest
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void abandoned(Backend backend) throws Exception {
            lease(backend);
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aTimeoutLeavesNothing() {
        EngineExecutionResults results = Kit.run(Kit.LOCAL, TimeoutCase.class);

        assertThat(Kit.failures(results))
                .hasSize(2)
                .allSatisfy(words -> assertThat(words).contains("timed out after 500 milliseconds"));
        nothingIsLeft(1);
    }

    static class EarlyCase {
        @SandboxTest
        void doesNotWait(Sandbox sandbox) throws InterruptedException {
            CountDownLatch atWork = new CountDownLatch(1);
            Thread thread = new Thread(
                    () -> {
                        try {
                            sandbox.backtest(Kit.FOLLOWER, Kit.bars());
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "hasty");
            thread.start();
            // It validates and compiles; a runner comes much later.
            while (Arrays.stream(thread.getStackTrace())
                    .noneMatch(frame -> frame.getClassName().endsWith(".StrategyPipeline"))) {
                atWork.await(1, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Test
    void aBacktestInTheBackgroundIsLeftBeforeItHasARunner() {
        assertThat(Kit.failures(Kit.run(Kit.LOCAL, EarlyCase.class)))
                .singleElement()
                .asString()
                .contains("for follower, under way, leased by thread hasty at ");
    }

    static class MergedCase {
        @Lenient
        @SandboxTest(timeout = "450ms")
        void composedAndDirect(Sandbox sandbox, Backend backend) throws Exception {
            lease(backend);
            Base.isLate(sandbox, 450);
        }

        @Lenient
        @Hurried
        void twoComposed(Sandbox sandbox, Backend backend) throws Exception {
            lease(backend);
            Base.isLate(sandbox, 400);
        }
    }

    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @SandboxTest(cleanup = Cleanup.LENIENT)
    @interface Lenient {}

    @SandboxTest(cleanup = Cleanup.LENIENT)
    abstract static class LenientBase {}

    @SandboxTest(timeout = "450ms")
    static class MergedInheritingCase extends LenientBase {
        @Test
        void both(Sandbox sandbox, Backend backend) throws Exception {
            lease(backend);
            Base.isLate(sandbox, 450);
        }
    }

    @Test
    void settingsOfSeveralAnnotationsAddUp() {
        EngineExecutionResults results = Kit.run(Kit.LOCAL, MergedCase.class, MergedInheritingCase.class);

        assertThat(Kit.failures(results)).isEmpty();
        assertThat(Kit.reported(results, SandboxExtension.LEFT)).hasSize(3);
        nothingIsLeft(3);
    }

    static class InterruptingCase {
        @SandboxTest
        void isInterrupted(Backend backend) throws Exception {
            lease(backend);
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anInterruptHidesNothing() {
        List<String> failures = Kit.failures(Kit.run(Kit.LOCAL, InterruptingCase.class));
        // It is the test's, and stays for whoever comes next in this thread.
        Thread.interrupted();

        assertThat(failures).singleElement().asString().contains("for follower, running, leased by thread");
        nothingIsLeft(1);
    }

    @Test
    void nothingIsLeftWhereJunitDoesNotCloseWhatIsMerelyCloseable() {
        Map<String, String> parameters = new HashMap<>(Kit.LOCAL);
        parameters.put("junit.jupiter.extensions.store.close.autocloseable.enabled", "false");

        assertThat(Kit.failures(Kit.run(parameters, LeakCase.class))).hasSize(1);

        nothingIsLeft(2);
    }

    static class RedundantCase {
        @Test
        @SandboxTest
        void once(Sandbox sandbox) {}
    }

    @Test
    void aTestMayBeCalledATestTwice() {
        EngineExecutionResults results = Kit.run(Kit.LOCAL, RedundantCase.class);

        results.testEvents()
                .assertStatistics(statistics -> statistics.started(1).succeeded(1));
    }

    @SandboxTest(maxOverhead = 1000)
    static class BoundedCase {
        @Test
        void backtestsNothing(Sandbox sandbox) {}

        @Test
        void expectsARefusal(Sandbox sandbox) throws InterruptedException {
            SandboxAssertions.assertThat(sandbox.backtest(Kit.EXITS, Kit.bars()))
                    .isRejected();
        }

        @Test
        void closes(Sandbox sandbox) throws Exception {
            try (sandbox) {
                SandboxAssertions.assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars()))
                        .isOk();
            }
        }

        @SandboxTest(maxOverhead = Double.POSITIVE_INFINITY)
        void hasNoBound(Sandbox sandbox) throws InterruptedException {
            SandboxAssertions.assertThat(sandbox.backtest(Kit.FOLLOWER, Kit.bars()))
                    .isOk();
        }
    }

    @Test
    void aBoundForAllHoldsForWhatRunsToItsEnd() {
        EngineExecutionResults results = Kit.run(Kit.LOCAL, BoundedCase.class);

        assertThat(Kit.failures(results)).isEmpty();
        assertThat(Kit.reported(results, SandboxExtension.OVERHEAD)).hasSize(1);
    }
}
