package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.strategysandbox.core.backend.DoomedHost;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.backend.StrategyCode;
import io.strategysandbox.core.testing.Jvm;
import io.strategysandbox.core.testing.RequiresDocker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** An engine behind TCP and TLS, which a build finds by its environment alone. */
@RequiresDocker
class RemoteEngineTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final long GONE_SECONDS = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    @TempDir
    private Path scratch;

    private static Authority authority;
    private static Authority stranger;
    private static OwnEngine engine;
    private static String host;

    @BeforeAll
    static void start() throws Exception {
        authority = Authority.in(folder.resolve("authority"));
        stranger = Authority.in(folder.resolve("stranger"));
        host = OwnEngine.freeAddress();
        engine = OwnEngine.start(folder, host, authority);
        engine.takeImage();
    }

    @AfterAll
    static void stop() throws Exception {
        if (engine != null) {
            engine.stop();
        }
    }

    /** A build that runs a strategy, or says why it cannot. */
    static final class Host {
        private Host() {}

        public static void main(String[] arguments) throws Exception {
            String unavailable =
                    DockerExecutor.unavailableReason(EngineForTests.DEFAULTS).orElse("");
            if (!unavailable.isEmpty()) {
                System.out.println(unavailable);
                return;
            }
            try (DockerExecutor executor = DockerExecutor.open(EngineForTests.DEFAULTS, message -> {});
                    Lease lease = executor.lease(new LeaseRequest("remote", LONG))) {
                System.out.println(new RunnerSession(EngineForTests.DEFAULTS.feed(), EngineForTests.DEFAULTS.output())
                        .run(
                                lease,
                                StrategyCode.onBar(Path.of(arguments[0]), "return yes() ? 1 : 0;"),
                                StrategyCode.waves(2_000),
                                LONG)
                        .verdict()
                        .summary());
            }
        }
    }

    private String said(Map<String, String> environment) throws Exception {
        return AnotherBuild.says(Host.class, environment, scratch.toString());
    }

    private static Map<String, String> tls(String host, Path certificates) {
        return Map.of("DOCKER_HOST", host, "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", certificates.toString());
    }

    @Test
    void aStrategyRunsThere() throws Exception {
        assertThat(said(tls(host, authority.sign(scratch.resolve("client"))))).isEqualTo("ran to the last bar");
    }

    @Test
    void theJanitorOfAKilledBuildFindsItToo() throws Exception {
        Path client = authority.sign(scratch.resolve("client"));
        Process doomed = Jvm.of(Jvm.HOME, List.of(), DoomedHost.class)
                .start(tls(host, client), "docker", "deaf", scratch.toString());
        try (DockerClient local = engine.client()) {
            String leased = new BufferedReader(new InputStreamReader(doomed.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(doomed.waitFor(2, TimeUnit.SECONDS)).isFalse();
            assertThat(containers(local)).contains(leased);

            doomed.destroyForcibly().waitFor();

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GONE_SECONDS);
            while (!containers(local).isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
            assertThat(containers(local)).isEmpty();
        } finally {
            doomed.destroyForcibly();
        }
    }

    private static List<String> containers(DockerClient client) {
        return client.listContainersCmd().withShowAll(true).exec().stream()
                .map(Container::getId)
                .toList();
    }

    @Test
    void anEngineThatAnotherAuthorityVouchesForIsNotTrusted() throws Exception {
        Path client = authority.sign(scratch.resolve("client"));
        Files.copy(stranger.certificate(), client.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(said(tls(host, client)))
                .contains("no Docker engine can be used at " + host, "trust anchors", "take ca.pem");
    }

    @Test
    void anEngineThatDoesNotTrustThisClientIsTold() throws Exception {
        Path client = stranger.sign(scratch.resolve("client"));
        Files.copy(authority.certificate(), client.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(said(tls(host, client)))
                .contains("no Docker engine can be used at " + host, "certificate", "take ca.pem");
    }

    @Test
    void plainHttpToATlsPortIsTold() throws Exception {
        assertThat(said(Map.of("DOCKER_HOST", host)))
                .contains(host, "HTTP request to an HTTPS server", "set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH");
    }

    @Test
    void tlsToAPlainPortIsTold() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (EngineProxy plain = EngineProxy.at(any, engine.socket(), request -> Optional.empty())) {
            String there = "tcp://127.0.0.1:" + ((InetSocketAddress) plain.address()).getPort();
            assertThat(said(Map.of("DOCKER_HOST", there))).isEqualTo("ran to the last bar");

            assertThat(said(tls(there, authority.sign(scratch.resolve("client")))))
                    .contains(there, "SSL message", "unset DOCKER_TLS_VERIFY");
        }
    }

    @Test
    void withoutItsKeyNothingIsSentInTheClear() throws Exception {
        Path client = authority.sign(scratch.resolve("client"));
        Files.delete(client.resolve("key.pem"));

        assertThat(said(tls(host, client)))
                .contains(client.resolve("key.pem") + " cannot be read", "set DOCKER_CERT_PATH");
    }

    @Test
    void whatIsNoKeyIsTold() throws Exception {
        Path client = authority.sign(scratch.resolve("client"));
        Files.writeString(client.resolve("key.pem"), "nothing");

        assertThat(said(tls(host, client))).contains(client + " cannot be used", "set DOCKER_CERT_PATH");
    }

    @Test
    void tlsWithoutAFolderIsTold() throws Exception {
        Map<String, String> environment = new HashMap<>(tls(host, scratch));
        environment.put("DOCKER_CERT_PATH", scratch.resolve("none").toString());

        assertThat(said(environment)).contains(scratch.resolve("none").toString(), "set DOCKER_CERT_PATH");
    }
}
