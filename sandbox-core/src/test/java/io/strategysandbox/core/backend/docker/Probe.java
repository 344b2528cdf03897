package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.config.DockerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A native program in an image on top of the runner's, started in containers with the settings of a sandbox or none. */
final class Probe implements AutoCloseable {

    private static final String IMAGE = "strategy-sandbox/test-of-native-code:probe";
    private static final long SECONDS = 90;

    private final DockerClient client = EngineForTests.client();
    private final ContainerProfile profile;

    private Probe(ContainerProfile profile) {
        this.profile = profile;
    }

    /** Builds the program with the C compiler of this machine; empty if there is none. */
    static Optional<Path> compile(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("probe.c");
        try (InputStream in = Probe.class.getResourceAsStream("probe.c")) {
            Files.copy(in, source);
        }
        Path program = folder.resolve("probe");
        Process compiler;
        try {
            compiler = new ProcessBuilder("cc", "-O1", "-static", "-o", program.toString(), source.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(said).isZero();
        return Optional.of(program);
    }

    /** Puts the program into an image. */
    static Probe open(Path program, Path scratch) throws Exception {
        DockerConfig config = EngineForTests.config(64L << 20, 16);
        Probe probe = new Probe(ContainerProfile.of(config));
        String runner;
        try (DockerExecutor executor = DockerExecutor.open(config, message -> {})) {
            runner = executor.facts().get("image");
        }
        RootFileSystem files = new RootFileSystem();
        files.file("probe", program);
        // As the JVM's own program is.
        files.onlyExecutable("probe");
        EngineImages images = new EngineImages(probe.client, probe.client);
        images.make(new ImageArchive(scratch, "65532:65532", images.id(runner)), files, IMAGE);
        return probe;
    }

    /** A container that runs the program. */
    final class Running {
        private final String container;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ResultCallback.Adapter<Frame> output;

        private Running(CreateContainerCmd create, String what) throws Exception {
            container = create.withCmd("/probe", what).exec().getId();
            output = client.attachContainerCmd(container)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(new ResultCallback.Adapter<>() {
                        @Override
                        public void onNext(Frame frame) {
                            synchronized (out) {
                                out.writeBytes(frame.getPayload());
                                out.notifyAll();
                            }
                        }
                    });
            output.awaitStarted();
            client.startContainerCmd(container).exec();
        }

        /** Waits until it has printed something. */
        void awaitOutput(String text) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            synchronized (out) {
                while (!said().contains(text)) {
                    long left = deadline - System.nanoTime();
                    assertThat(left).as("printed so far: %s", said()).isPositive();
                    TimeUnit.NANOSECONDS.timedWait(out, left);
                }
            }
        }

        private String said() {
            synchronized (out) {
                return out.toString(StandardCharsets.UTF_8);
            }
        }

        void kill() {
            client.killContainerCmd(container).exec();
        }

        Ended end() throws Exception {
            try {
                int code = client.waitContainerCmd(container).start().awaitStatusCode(SECONDS, TimeUnit.SECONDS);
                assertThat(output.awaitCompletion(SECONDS, TimeUnit.SECONDS)).isTrue();
                return new Ended(code, said().lines().toList());
            } finally {
                client.removeContainerCmd(container).withForce(true).exec();
            }
        }
    }

    /**
     * How a program ended.
     *
     * @param code its exit code
     * @param lines what it printed
     */
    record Ended(int code, List<String> lines) {

        /** The number behind each name; a name that comes twice is an error. */
        Map<String, Integer> answers() {
            Map<String, Integer> answers = new LinkedHashMap<>();
            for (String line : lines) {
                String[] words = line.split(" ", -1);
                assertThat(answers.put(words[0], Integer.valueOf(words[1]))).isNull();
            }
            return answers;
        }
    }

    /** Starts it as a sandbox is started. */
    Running start(String what) throws Exception {
        return start(what, Duration.ofMinutes(5));
    }

    /** Starts it as a sandbox is started that may live so long. */
    Running start(String what, Duration deadline) throws Exception {
        try (CreateContainerCmd create = client.createContainerCmd(IMAGE)) {
            String lease = Owner.self().id() + "-" + UUID.randomUUID();
            profile.apply(create, lease, new LeaseRequest("probe", deadline), Instant.now());
            // The only difference: a container that is there afterwards can be asked how it ended.
            Objects.requireNonNull(create.getHostConfig()).withAutoRemove(false);
            return new Running(create, what);
        }
    }

    Ended run(String what) throws Exception {
        return start(what).end();
    }

    /** Runs it in a container without any of our settings but the network's. */
    Ended runUnconfined(String what) throws Exception {
        try (CreateContainerCmd create = client.createContainerCmd(IMAGE)) {
            create.withHostConfig(
                    HostConfig.newHostConfig().withNetworkMode("none").withSecurityOpts(List.of("seccomp=unconfined")));
            create.withLabels(Map.of(ContainerProfile.OWNER, Owner.self().id() + "-" + UUID.randomUUID()));
            return new Running(create, what).end();
        }
    }

    @Override
    public void close() throws IOException {
        client.removeImageCmd(IMAGE).withForce(true).exec();
        client.close();
    }
}
