package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.testing.RequiresDocker;
import io.strategysandbox.core.testing.StrategyFolder;
import io.strategysandbox.core.validation.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library of the user's own: strategies see it where the configuration says so, and only what it says of it. */
class UserLibraryTest {

    private static final String LIBRARY = """
            package com.acme;
            public final class Signals {
                private Signals() {}
                public static double momentum(org.ta4j.core.BarSeries bars) {
                    return Rounding.of(bars.getBarCount() % 2);
                }
                public static void leave() { System.exit(7); }
                static final class Rounding { static double of(double value) { return Math.rint(value); } }
            }
            """;

    private static final String ALLOWED = "'com.acme.Signals momentum'";

    @TempDir
    Path root;

    @BeforeEach
    void library() throws IOException {
        Path source = Files.createDirectories(root.resolve("library/com/acme")).resolve("Signals.java");
        Files.writeString(source, LIBRARY);
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(exit).isZero();
        Path config = Files.createDirectories(root.resolve("config/lib"));
        try (OutputStream out = Files.newOutputStream(config.resolve("acme.jar"));
                JarOutputStream jar = new JarOutputStream(out)) {
            for (String name : List.of("com/acme/Signals.class", "com/acme/Signals$Rounding.class")) {
                jar.putNextEntry(new JarEntry(name));
                Files.copy(root.resolve("library").resolve(name), jar);
            }
        }
    }

    @Test
    void isUsedByAChildProcess() throws Exception {
        assertThatItWorks("local");
    }

    @Test
    @RequiresDocker
    void isUsedInAContainer() throws Exception {
        assertThatItWorks("docker");
    }

    private void assertThatItWorks(String backend) throws Exception {
        StrategyFolder folder = folder().strategy("z-uses", "return com.acme.Signals.momentum(history);")
                .strategy("same", "return Math.rint(bars % 2);");
        try (Sandbox sandbox = Sandbox.open(config(backend, ALLOWED), SandboxListener.SILENT)) {
            List<BacktestResult> results = sandbox.run(request(folder)).strategies();

            assertThat(results)
                    .extracting(BacktestResult::name, result -> result.verdict().id())
                    .containsExactly(tuple("same", "OK"), tuple("z-uses", "OK"));
            assertThat(results.get(1).metrics()).isEqualTo(results.get(0).metrics());
            assertThat(results.get(0).findings()).isEmpty();
            assertThat(results.get(1).findings()).singleElement().satisfies(finding -> {
                assertThat(finding.rule()).isEqualTo("allowed-by-configuration");
                assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
            });
        }
    }

    @Test
    void whatTheConfigurationDoesNotNameIsRefused() throws Exception {
        StrategyFolder folder = folder().strategy("leaves", "com.acme.Signals.leave(); return 0;");
        SandboxConfig config = config("local", ALLOWED);
        assertThat(Sandbox.validate(config, request(folder), SandboxListener.SILENT))
                .singleElement()
                .satisfies(entry -> assertThat(entry.report().findings())
                        .anyMatch(finding -> finding.severity() == Finding.Severity.DENY
                                && finding.message().startsWith("com.acme.Signals.leave is not allowed")));
    }

    @Test
    void withoutAWordOfItsOwnNothingOfItIsAllowed() throws Exception {
        StrategyFolder folder = folder().strategy("uses", "return com.acme.Signals.momentum(history);");
        assertThat(Sandbox.validate(config("local", ""), request(folder), SandboxListener.SILENT))
                .singleElement()
                .satisfies(entry -> assertThat(entry.report().accepted()).isFalse());
    }

    /** Where the library came first on a class path, the strategy's calls would be its. */
    @Test
    void noClassOfAStrategyHasTheNameOfOneInTheLibrary() throws Exception {
        StrategyFolder folder = folder().strategy("decoy", "com.acme.Signals.leave(); return 0;")
                .source(
                        "decoy",
                        "com/acme/Signals.java",
                        "package com.acme; public class Signals { public static void leave() {} }");
        assertThat(Sandbox.validate(config("local", ALLOWED), request(folder), SandboxListener.SILENT))
                .singleElement()
                .satisfies(entry -> assertThat(entry.report().findings())
                        .extracting(Finding::rule)
                        .contains("reserved-name"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        Files.delete(root.resolve("config/lib/acme.jar"));
        assertThatThrownBy(() -> config("local", ALLOWED))
                .hasMessageContaining("docker_config.yaml:2: image.libraries has the entry 'lib/acme.jar'")
                .hasMessageContaining("allowed is a jar file that is there");
    }

    private static RunRequest request(StrategyFolder folder) {
        return new RunRequest(folder.strategies(), Optional.of(folder.data()), folder.output());
    }

    private StrategyFolder folder() throws IOException {
        return new StrategyFolder(root.resolve("run")).prices(30);
    }

    private SandboxConfig config(String backend, String allow) throws IOException {
        Path folder = root.resolve("config");
        Files.writeString(folder.resolve("docker_config.yaml"), "image:\n  libraries: [lib/acme.jar]\n");
        Files.writeString(
                folder.resolve("learning_system.yaml"),
                "sandbox:\n  backend: " + backend + "\n  validator:\n    allow: [" + allow + "]\n");
        return ConfigLoader.load(folder);
    }
}
