package io.strategysandbox.junit.engine;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;

import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.junit.support.SharedSandboxes;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DirectorySelector;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of tests with whichever JUnit is on the class path; prints what happens. A program, not a test. */
@SuppressWarnings("SystemOut")
final class PlatformProbe {

    private static final String SLEEPER = "a-sleeper";

    private PlatformProbe() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "run" -> run();
            case "cancel" -> cancel();
            default -> throw new IllegalArgumentException(args[0]);
        }
        // What is left of other threads must not keep this JVM.
        System.exit(0);
    }

    private static LauncherDiscoveryRequestBuilder request() {
        return LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("sandbox.backend", "docker")
                .configurationParameter("junit.platform.output.capture.stdout", "false");
    }

    /** Strategies and a test of Jupiter's in one run: they share the sandboxes, which are closed at its end. */
    private static void run() {
        Reader reader = new Reader();
        LauncherDiscoveryRequest request = request()
                .selectors(selectDirectory(Strategies.FOLDER.toFile()), selectClass(JupiterSide.class))
                .build();
        try {
            LauncherFactory.create(
                            LauncherConfig.builder().addTestEngines(reader).build())
                    .execute(request, new Printer());
        } catch (Exception e) {
            System.out.println("THROWN " + root(e).getMessage());
        }
        try {
            reader.seen.get(ConfigLoader.defaults());
        } catch (Exception e) {
            System.out.println("CLOSED " + e.getMessage());
        }
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    /** What another test sees of the sandboxes through Jupiter. */
    @ExtendWith(JupiterSide.Look.class)
    static final class JupiterSide {
        @Test
        void test() {}

        @AfterAll
        static void end() {}

        static final class Look implements BeforeEachCallback {
            @Override
            public void beforeEach(ExtensionContext context) {
                SharedSandboxes seen = context.getStore(
                                ExtensionContext.StoreScope.EXECUTION_REQUEST,
                                ExtensionContext.Namespace.create(SharedSandboxes.NAMESPACE))
                        .getOrComputeIfAbsent(SharedSandboxes.KEY, key -> new SharedSandboxes(), SharedSandboxes.class);
                System.out.println("SHARED " + System.identityHashCode(seen));
            }
        }
    }

    /** An engine that looks at the sandboxes the way ours does, and leaves something that cannot be closed. */
    private static final class Reader implements TestEngine {
        private SharedSandboxes seen = new SharedSandboxes();

        @Override
        public String getId() {
            return "reader";
        }

        @Override
        public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
            return new EngineDescriptor(id, "reader");
        }

        @Override
        public void execute(ExecutionRequest request) {
            request.getEngineExecutionListener().executionStarted(request.getRootTestDescriptor());
            seen = SharedSandboxes.in(request.getStore());
            System.out.println("SHARED " + System.identityHashCode(seen));
            AutoCloseable stuck = () -> {
                throw new IOException("a pool that cannot be closed");
            };
            request.getStore().put(Namespace.create("probe"), "stuck", stuck);
            request.getEngineExecutionListener()
                    .executionFinished(request.getRootTestDescriptor(), TestExecutionResult.successful());
        }
    }

    /** A run that is cancelled while a strategy runs that would never end: {@code 6} has the token, so by reflection. */
    private static void cancel() throws Exception {
        DirectorySelector slow = selectDirectory(
                Strategies.FOLDER.resolveSibling("slow-strategies").toFile());
        LauncherDiscoveryRequest request = request()
                .selectors(slow)
                .configurationParameter("sandbox.parallelism", "1")
                .build();
        Class<?> tokens = Class.forName("org.junit.platform.engine.CancellationToken");
        Object token = tokens.getMethod("create").invoke(null);
        CountDownLatch running = new CountDownLatch(1);
        Thread canceller = new Thread(() -> {
            try {
                running.await();
                while (Strategies.runners(SLEEPER).isEmpty()) {
                    Thread.sleep(100);
                }
                System.out.println("RUNNING " + Strategies.runners(SLEEPER));
                tokens.getMethod("cancel").invoke(token);
                System.out.println("CANCELLED " + System.nanoTime());
            } catch (Exception e) {
                System.out.println("THROWN " + e);
            }
        });
        canceller.setDaemon(true);
        canceller.start();
        TestExecutionListener listener = new Printer() {
            @Override
            public void executionStarted(TestIdentifier test) {
                if (test.getUniqueId().endsWith("[strategy:" + SLEEPER + "]")) {
                    running.countDown();
                }
            }
        };
        Class<?> builders = Class.forName("org.junit.platform.launcher.core.LauncherExecutionRequestBuilder");
        Object builder =
                builders.getMethod("request", LauncherDiscoveryRequest.class).invoke(null, request);
        builders.getMethod("cancellationToken", tokens).invoke(builder, token);
        builders.getMethod("listeners", TestExecutionListener[].class)
                .invoke(builder, (Object) new TestExecutionListener[] {listener});
        Object execution = builders.getMethod("build").invoke(builder);
        Object launcher = LauncherFactory.create();
        Method execute = Arrays.stream(org.junit.platform.launcher.Launcher.class.getMethods())
                .filter(method -> method.getName().equals("execute") && method.getParameterCount() == 1)
                .findFirst()
                .orElseThrow();
        execute.invoke(launcher, execution);
        System.out.println("ENDED " + System.nanoTime());
        System.out.println("LEFT " + Strategies.runners(SLEEPER));
    }

    private static class Printer implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            print(result.getStatus().toString(), test);
            result.getThrowable().ifPresent(thrown -> System.out.println("WHY " + thrown.getMessage()));
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            print("SKIPPED", test);
        }

        private static void print(String status, TestIdentifier test) {
            System.out.println(status + " "
                    + test.getUniqueIdObject().getSegments().stream()
                            .skip(2)
                            .map(segment -> segment.getValue())
                            .reduce("", (a, b) -> a.isEmpty() ? b : a + "/" + b));
        }
    }
}
