package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.strategysandbox.core.config.DockerConfig;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An engine of a test's own, to be frozen, killed and started again, beside the one that others use. */
final class OwnEngine {

    private static final Path DAEMON = Path.of("/usr/sbin/dockerd");
    private static final Path CONTAINERD = Path.of("/usr/bin/containerd");
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 30;

    private final Path folder;
    private final Path data;
    private final List<String> options;
    private final Process containerd;
    private Process daemon;

    private OwnEngine(Path folder, Path data, List<String> options) throws IOException {
        this.folder = folder;
        this.data = data;
        this.options = options;
        // As on most machines, containerd is a service of its own, which outlives the engine.
        containerd = process(List.of(
                CONTAINERD.toString(),
                "--root=" + data.resolve("containerd-root"),
                "--state=" + folder.resolve("containerd-state"),
                "--address=" + containerdAddress()));
    }

    private Process process(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path containerdAddress() {
        return folder.resolve("c");
    }

    /**
     * Starts one, without any image.
     *
     * @param folder for its socket and its log; a short path, since a socket's may have a hundred letters
     * @param data where it keeps images and containers
     * @param options further ones of dockerd
     */
    static OwnEngine start(Path folder, Path data, String... options) throws Exception {
        for (Path program : List.of(DAEMON, CONTAINERD)) {
            assumeTrue(Files.isExecutable(program), () -> "no engine of our own can be started: no " + program);
        }
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "an engine of our own must be root's");
        OwnEngine engine = new OwnEngine(folder, data, List.of(options));
        engine.start();
        return engine;
    }

    /**
     * Starts one that can be reached by TCP and TLS, too, with certificates of an authority.
     *
     * @param folder as above
     * @param address where it listens
     * @param authority signs its certificate and those of its clients
     */
    static OwnEngine start(Path folder, String address, Authority authority) throws Exception {
        Path server = authority.sign(folder.resolve("server"));
        return start(
                folder,
                folder.resolve("data"),
                "--host=" + address,
                "--tlsverify",
                "--tlscacert=" + authority.certificate(),
                "--tlscert=" + server.resolve("cert.pem"),
                "--tlskey=" + server.resolve("key.pem"));
    }

    /** An address of this machine where nobody listens yet. */
    static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "tcp://127.0.0.1:" + socket.getLocalPort();
        }
    }

    void start() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                DAEMON.toString(),
                "--data-root=" + data,
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--containerd=" + containerdAddress(),
                "--host=" + host(),
                "--bridge=none",
                "--iptables=false"));
        command.addAll(options);
        daemon = process(command);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        Optional<String> reason = DockerExecutor.unavailableReason(config());
        while (reason.isPresent()) {
            assertThat(daemon.isAlive() && System.nanoTime() < deadline)
                    .as("the engine does not start: %s; %s", reason.get(), Files.readString(log()))
                    .isTrue();
            daemon.waitFor(100, TimeUnit.MILLISECONDS);
            reason = DockerExecutor.unavailableReason(config());
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    Path socket() {
        return folder.resolve("s");
    }

    String host() {
        return "unix://" + socket();
    }

    /** A configuration with this engine, which has to answer within three seconds. */
    DockerConfig config() {
        return EngineForTests.withHost(host(), Duration.ofSeconds(3));
    }

    DockerClient client() {
        DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host())
                .build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    /** Gives it the runner's image, which the other engine has or makes. */
    void takeImage() throws Exception {
        String image;
        try (DockerExecutor other = DockerExecutor.open(EngineForTests.DEFAULTS, message -> {})) {
            image = other.facts().get("image");
        }
        try (DockerClient from = EngineForTests.client();
                DockerClient to = client();
                InputStream saved = from.saveImageCmd(image).exec()) {
            to.loadImageCmd(saved).exec();
        }
    }

    /** Stops its time. */
    void freeze() throws Exception {
        signal("STOP", daemon.pid());
    }

    void thaw() throws Exception {
        signal("CONT", daemon.pid());
    }

    /** Ends it without a word. */
    void kill() throws Exception {
        daemon.destroyForcibly();
        assertThat(daemon.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    static void signal(String signal, long pid) throws Exception {
        int code = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(code).as("kill -%s %d", signal, pid).isZero();
    }

    /** Ends it, and takes away what it has mounted. */
    void stop() throws Exception {
        if (daemon.isAlive()) {
            thaw();
        }
        daemon.destroy();
        if (!daemon.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
        containerd.destroy();
        containerd.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        // An engine that was killed leaves its mounts.
        for (String mount : mounts()) {
            new ProcessBuilder("umount", "--lazy", mount).start().waitFor();
        }
    }

    private List<String> mounts() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(line -> line.split(" ", -1)[4])
                    .filter(mount ->
                            mount.startsWith(folder + File.separator) || mount.startsWith(data + File.separator))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
