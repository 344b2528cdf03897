package io.strategysandbox.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code docker_config.yaml} says: the engine, the image, and the profile of every sandbox.
 *
 * @param engine how the engine is reached
 * @param image what runs
 * @param limits how much of the machine a strategy gets
 * @param security what separates it from the machine
 * @param output how much it may say
 * @param feed how bars reach it
 */
public record DockerConfig(Engine engine, Image image, Limits limits, Security security, Output output, Feed feed) {

    /**
     * How the engine is reached.
     *
     * @param host a Docker host URI; absent means what the docker command would use
     * @param connectTimeout longest wait for a connection
     * @param responseTimeout longest wait for an answer to a control request
     */
    public record Engine(Optional<String> host, Duration connectTimeout, Duration responseTimeout) {}

    /**
     * What runs.
     *
     * @param repository the name our own image is stored under; its tag is its content's hash
     * @param base an image to build on instead of an empty one; it must be present at the engine
     * @param dockerfile a Dockerfile to build on instead, as a path
     * @param libraries jar files that strategies may use beside ta4j, as far as the validator allows it
     */
    public record Image(String repository, Optional<String> base, Optional<String> dockerfile, List<Path> libraries) {

        /** Copies the list. */
        public Image {
            libraries = List.copyOf(libraries);
        }
    }

    /**
     * How much of the machine a strategy gets.
     *
     * @param memoryBytes memory, swap included, in bytes
     * @param heapFraction the part of the memory that is Java heap, in (0, 1)
     * @param cpus processors, may be a fraction
     * @param timeout longest wall-clock time from the job to the result
     * @param pids processes and threads
     * @param openFiles open file descriptors
     * @param fileSizeBytes largest file it may write, in bytes
     * @param shmBytes size of /dev/shm in bytes
     * @param tmpBytes size of /tmp in bytes
     * @param tmpInodes number of files in /tmp
     */
    public record Limits(
            long memoryBytes,
            double heapFraction,
            double cpus,
            Duration timeout,
            int pids,
            int openFiles,
            long fileSizeBytes,
            long shmBytes,
            long tmpBytes,
            int tmpInodes) {}

    /**
     * What separates a strategy from the machine.
     *
     * @param uid the user id it runs as, above zero
     * @param gid the group id it runs as, above zero
     * @param seccompProfile the path of a seccomp profile; absent means the shipped one
     * @param runtime another OCI runtime of the engine, such as {@code runsc}; absent means the engine's default
     */
    public record Security(int uid, int gid, Optional<String> seccompProfile, Optional<String> runtime) {}

    /**
     * How much a strategy may say.
     *
     * @param keepBytes how much of its output's beginning and of its end is kept, in bytes each
     * @param limitBytes how much it may print before it is killed, in bytes
     */
    public record Output(int keepBytes, long limitBytes) {}

    /**
     * How bars reach a strategy.
     *
     * @param window how many bars beyond the last acknowledged one the host sends; 1 is lockstep
     */
    public record Feed(int window) {

        /** A bar is sent when the one before was decided. */
        public static final Feed LOCKSTEP = new Feed(1);
    }
}
