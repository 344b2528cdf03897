package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.compilation.CodeSources;
import io.strategysandbox.core.config.DockerConfig.Engine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process beside this one that ends with it. If this one is killed, it first removes what is left: containers that had
 * been created and not yet started, and such as do not notice that their host is gone; and temporary folders. It runs as
 * this user, waits at a pipe, and talks to the engine as this process does.
 */
final class Janitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

    /** The settings that a client of the engine also takes from system properties. */
    private static final List<String> CLIENT_SETTINGS =
            List.of("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY");

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Process process;

    private Janitor(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param engine how the engine is reached
     * @param owner this process
     * @return the janitor; the caller must close it when nothing is left to be removed
     * @throws IOException if it cannot be started
     */
    static Janitor start(Engine engine, Owner owner) throws IOException {
        List<String> command = new ArrayList<>();
        // In a session of its own it is spared by a signal to all processes of a terminal or a build.
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+ErrorFileToStderr",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
        CLIENT_SETTINGS.stream()
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of(
                "-cp",
                classPath(),
                JanitorMain.class.getName(),
                owner.id(),
                engine.connectTimeout().toString(),
                engine.responseTimeout().toString()));
        engine.host().ifPresent(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        HostJvm.forgetOptions(builder);
        return new Janitor(builder.start());
    }

    private static String classPath() {
        return Stream.concat(CodeSources.all().stream(), Stream.of(CodeSources.of(Logger.class.getName())))
                .distinct()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends it at once: nothing is left to be removed, or whoever is told of it by an exception has to. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            LOG.debug("the janitor had ended before, with exit code {}", process.exitValue());
        }
        process.destroyForcibly();
    }
}
