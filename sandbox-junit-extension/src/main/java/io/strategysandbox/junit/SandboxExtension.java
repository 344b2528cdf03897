package io.strategysandbox.junit;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxScope;
import io.strategysandbox.core.SandboxScope.Backtested;
import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.benchmark.Overhead;
import io.strategysandbox.junit.support.SharedSandboxes;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Injects sandboxes and holds tests to account for what they leased; usually by {@link SandboxTest}. Each class and each
 * test has a part of its own of a sandbox that all tests of the run share. The part of a class serves {@code @BeforeAll},
 * {@code @AfterAll} and a constructor that is called once for all tests; the part of a test all else.
 */
public final class SandboxExtension implements ParameterResolver, BeforeEachCallback, AfterTestExecutionCallback {

    /** The report entry that tells what isolation costs, if the test has a bound for it. */
    public static final String OVERHEAD = "sandbox.overhead";

    /** The report entry that tells what a test has left, if it need not fail for that. */
    public static final String LEFT = "sandbox.left";

    /** The report entry that tells what separates strategies from this machine. */
    public static final String ISOLATION = "sandbox.isolation";

    private static final Namespace NAMESPACE = Namespace.create(SharedSandboxes.NAMESPACE);

    private static final Set<Class<?>> INJECTED = Set.of(Sandbox.class, SandboxScope.class, Backend.class);

    /** For JUnit. */
    public SandboxExtension() {}

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        boolean twice = AnnotationSupport.isAnnotated(method, SandboxTest.class)
                && (AnnotationSupport.isAnnotated(method, TestTemplate.class)
                        || AnnotationSupport.isAnnotated(method, TestFactory.class));
        if (twice) {
            throw new ExtensionConfigurationException(method
                    + " is made a test by @SandboxTest and by another annotation, so that it would run twice; put"
                    + " @SandboxTest on its class, or on a @Nested class around it, or drop the other annotation");
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return INJECTED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SandboxScope scope = part(context).scope();
        Class<?> type = parameter.getParameter().getType();
        if (type == SandboxScope.class) {
            return scope;
        }
        return type == Backend.class ? scope.backend() : scope.sandbox();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws BackendException, InterruptedException {
        TestSettings settings = TestSettings.of(context);
        double bound = settings.maxOverhead();
        if (context.getExecutionException().isPresent() || Double.isInfinite(bound)) {
            return;
        }
        Optional<TestPart> part = existing(context);
        List<Backtested> backtests = part.map(some -> some.scope().backtests()).orElse(List.of());
        if (part.isEmpty() || backtests.isEmpty()) {
            if (settings.boundOfTest()) {
                throw new ExtensionConfigurationException("maxOverhead is " + bound
                        + ", and the test has backtested no strategy to its last bar; backtest one in the injected"
                        + " Sandbox, or leave maxOverhead out");
            }
            return;
        }
        // The test may have closed its own part.
        try (SandboxScope fresh = part.get().whole().scope()) {
            for (Backtested backtest : backtests) {
                Overhead overhead = fresh.sandbox().overhead(backtest.directory(), backtest.bars(), bound);
                context.publishReportEntry(OVERHEAD, OverheadAssert.describe(backtest.directory(), overhead, bound));
                OverheadAssert.check(backtest.directory(), overhead, bound);
            }
        }
    }

    /** The part of the test or class, which is opened now if this is the first to ask for it. */
    private static TestPart part(ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(key(context), key -> open(context), TestPart.class);
    }

    private static Optional<TestPart> existing(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(key(context), TestPart.class));
    }

    /** A test's store also shows what is in its class's. */
    private static String key(ExtensionContext context) {
        return TestPart.class.getName() + context.getUniqueId();
    }

    private static TestPart open(ExtensionContext context) {
        TestSettings settings = TestSettings.of(context);
        Store ofRun = context.getStore(StoreScope.EXECUTION_REQUEST, NAMESPACE);
        SharedSandboxes sandboxes =
                ofRun.getOrComputeIfAbsent(SharedSandboxes.KEY, key -> new SharedSandboxes(), SharedSandboxes.class);
        try {
            Sandbox sandbox = sandboxes.get(settings.config());
            context.publishReportEntry(ISOLATION, sandbox.isolation().id());
            return new TestPart(sandbox, settings.cleanup(), context);
        } catch (BackendException e) {
            throw new ParameterResolutionException("no sandbox can be opened: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParameterResolutionException("interrupted while a sandbox was opened", e);
        }
    }
}
