package io.strategysandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.junit.testing.Jvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same classes on each JUnit that is supported, one test at a time and several, on the Java that runs this and on the
 * newest that is installed: one of each here, all combinations with {@code sandbox.compatibility.all}.
 */
class CompatibilityTest {

    private static final List<String> JUNITS = List.of("oldest", "built", "newest");
    private static final boolean ALL = Boolean.getBoolean("sandbox.compatibility.all");

    /** Tests of the consumer: 2 + 4 + 2 + 2 + 1 + 1. */
    private static final String TESTS = "12";

    static List<Arguments> combinations() {
        Path newest = Jvm.newestJava();
        List<Arguments> all = new ArrayList<>();
        for (String junit : JUNITS) {
            for (boolean parallel : List.of(false, true)) {
                for (Path home : Stream.of(Jvm.OWN, newest).distinct().toList()) {
                    boolean java = home.equals(newest) == !junit.equals("built") || newest.equals(Jvm.OWN);
                    if (ALL || java && parallel == !junit.equals("oldest")) {
                        all.add(Arguments.of(junit, parallel, home));
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void aUsersTestsPass(String junit, boolean parallel, Path home) throws Exception {
        Jvm.Ended run = Jvm.withJunit(junit)
                .on(home)
                .run(
                        "org.junit.platform.console.ConsoleLauncher",
                        "execute",
                        "--disable-banner",
                        "--disable-ansi-colors",
                        "--details=tree",
                        "--select-class=io.strategysandbox.junit.consumer.SandboxConsumer",
                        "--config=sandbox.docker.required=" + Boolean.getBoolean("sandbox.docker.required"),
                        "--config=junit.jupiter.execution.parallel.enabled=" + parallel,
                        "--config=junit.jupiter.execution.parallel.mode.default=concurrent");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .containsPattern("\\[ +" + TESTS + " tests started +\\]")
                .containsPattern("\\[ +" + TESTS + " tests successful +\\]");
    }
}
