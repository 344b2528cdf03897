package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.StrategyCode.onBar;
import static io.strategysandbox.core.backend.StrategyCode.waves;
import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Output;
import io.strategysandbox.core.testing.Jvm;
import io.strategysandbox.core.testing.RequiresDocker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However much a strategy prints, and with a limit far too high: what it costs the host. */
@RequiresDocker
class FloodTest {

    private static final long MIB = 1 << 20;
    private static final long PRINTED_MIB = 1024;
    private static final long GROWTH_MIB = 32;

    @TempDir
    private Path scratch;

    /** A host whose heap is resident from the beginning, so that whatever it grows by is seen. */
    static final class Host {
        private Host() {}

        public static void main(String[] arguments) throws Exception {
            Path classes = Path.of(arguments[0]);
            long mib = Long.parseLong(arguments[1]);
            String body = "String line = \"x\".repeat(8191); for (int n = 0; i == 0 && yes() && n < " + mib * 128
                    + "; n++) System.out.print(line); return 1;";
            try (DockerExecutor executor = DockerExecutor.open(EngineForTests.config(256 * MIB, 32), message -> {})) {
                RunnerSession session = new RunnerSession(new Feed(4096), new Output(64 << 10, 4 * mib * MIB));
                run(executor, session, classes, "if (!yes()) return 0; return 1;");
                long heap = heap();
                long resident = resident("VmRSS");
                RunOutcome outcome = run(executor, session, classes, body);
                System.out.println("verdict=" + outcome.verdict().id());
                System.out.println("bytes=" + outcome.evidence().outputBytes());
                System.out.println("heap=" + (heap() - heap));
                System.out.println("resident=" + (resident("VmHWM") - resident));
            }
        }

        private static RunOutcome run(DockerExecutor executor, RunnerSession session, Path classes, String body)
                throws Exception {
            try (Lease lease = executor.lease(new LeaseRequest("flood", Duration.ofMinutes(10)))) {
                return session.run(lease, onBar(classes, body), waves(5), Duration.ofMinutes(9));
            }
        }

        private static long heap() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }

        private static long resident(String name) throws Exception {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void costsTheHostLittleMemoryAndNoDisk() throws Exception {
        Path temporary = Files.createDirectory(scratch.resolve("tmp"));
        Path classes = Files.createDirectory(scratch.resolve("classes"));
        Process host = Jvm.of(
                        Jvm.HOME,
                        List.of(
                                "-Xms96m",
                                "-Xmx96m",
                                "-XX:+UseSerialGC",
                                "-XX:+AlwaysPreTouch",
                                "-Djava.io.tmpdir=" + temporary),
                        Host.class)
                .start(classes.toString(), Long.toString(PRINTED_MIB));
        String said = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(host.waitFor()).isZero();
        Map<String, String> told = said.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

        System.out.println("figure: " + told);
        assertThat(told).containsEntry("verdict", "OK");
        assertThat(Long.parseLong(told.get("bytes"))).isEqualTo(PRINTED_MIB * 128 * 8191);
        assertThat(Long.parseLong(told.get("heap"))).isLessThan(GROWTH_MIB * MIB);
        assertThat(Long.parseLong(told.get("resident"))).isLessThan(GROWTH_MIB * MIB);
        assertThat(temporary).isEmptyDirectory();
    }
}
